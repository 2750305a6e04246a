package io.katydid.graalpy;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.graalvm.polyglot.Engine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs every {@code src/test/python/test_*.py} (plain unittest) on GraalPy and reports each Python test as one of ours.
 * {@code -Dpython.tests=test_wait,test_shape} runs only some modules.
 */
class PythonUnitTests {
  private static Engine engine;
  private static PythonContext context;

  @BeforeAll
  static void open() {
    engine = PythonEngine.create();
    context = PythonTestContext.open(engine, UserThreads.VIRTUAL);
  }

  @AfterAll
  static void close() {
    context.close();
    engine.close();
  }

  @TestFactory
  Stream<DynamicTest> pythonTests() throws IOException {
    Path folder = Path.of(System.getProperty("katydid.project")).resolve("polyglot-bridge/src/test/python");
    String only = System.getProperty("python.tests", "");
    List<String> modules;
    try (Stream<Path> files = Files.list(folder)) {
      modules =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.startsWith("test_") && name.endsWith(".py"))
              .map(name -> name.substring(0, name.length() - 3))
              .filter(name -> only.isEmpty() || List.of(only.split(",")).contains(name))
              .sorted()
              .toList();
    }
    assertTrue(!modules.isEmpty(), "no Python tests in " + folder);
    return modules.stream().flatMap(PythonUnitTests::testsOf);
  }

  private static Stream<DynamicTest> testsOf(String module) {
    List<String> ids =
        context.call(
            () -> List.of(context.member("run_unittest", "names").execute(module).as(String[].class)));
    return ids.stream().map(id -> DynamicTest.dynamicTest(id, () -> runOne(id)));
  }

  private static void runOne(String id) {
    String problem = context.call(() -> context.member("run_unittest", "run").execute(id).asString());
    assumeFalse(problem.startsWith("skipped: "), problem);
    if (!problem.isEmpty()) {
      fail(problem);
    }
  }
}
