package io.katydid.graalpy;

import io.katydid.script.ThreadKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.graalvm.polyglot.Engine;

/** Contexts for tests: our Python tree plus the tests' own. */
final class PythonTestContext {
  private PythonTestContext() {}

  static PythonContext open(Engine engine, UserThreads threads, Path... more) {
    return open(engine, threads == UserThreads.PLATFORM ? ThreadKind.PLATFORM : ThreadKind.FITTING, more);
  }

  static PythonContext open(Engine engine, ThreadKind threads, Path... more) {
    Path module = Path.of(System.getProperty("katydid.project", "..")).resolve("polyglot-bridge");
    if (!module.toFile().isDirectory()) {
      module = Path.of(".");
    }
    List<Path> path = new ArrayList<>();
    path.add(module.resolve("src/main/python").toAbsolutePath());
    path.add(module.resolve("src/test/python").toAbsolutePath());
    path.addAll(List.of(more));
    // Packages that `katydid build` fetches; a test that needs one skips where there was no index to fetch it from.
    path.add(module.resolveSibling("target/dist/companions").toAbsolutePath());
    Path cache = module.resolve("target/pycache").toAbsolutePath();
    return new PythonContext(engine, new Carriers(), new NativeModules(System.getenv()), new PythonSettings(
        path, threads, Optional.of(cache), PythonTestContext.class.getClassLoader(), System.getenv(), Path.of("").toAbsolutePath()));
  }
}
