package io.katydid.standby;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** In a process of its own: the variables of the tests' process stay. */
@EnabledOnOs(OS.LINUX)
class JavaEnvironmentTest {
  /** The other process. */
  static final class Warm {
    public static void main(String[] args) throws Exception {
      JavaEnvironment.open().become(Map.of("TOKEN", "of the run", "MORE", "é"));
      System.out.println(System.getenv("TOKEN") + "," + System.getenv("OLD") + "," + System.getenv().size());
      System.out.flush();
      new ProcessBuilder("/bin/sh", "-c", "echo $TOKEN,$OLD,$MORE").inheritIO().start().waitFor();
    }
  }

  @Test
  void javaCodeAndProgramsFindTheVariablesOfTheRun() throws Exception {
    ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--add-opens=java.base/java.lang=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED", "-cp",
        System.getProperty("java.class.path"), Warm.class.getName());
    builder.environment().putAll(Map.of("TOKEN", "of the warm process", "OLD", "1", "LC_ALL", "C.UTF-8"));
    Process process = builder.redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    assertEquals("of the run,null,2\nof the run,,é\n", out);
  }
}
