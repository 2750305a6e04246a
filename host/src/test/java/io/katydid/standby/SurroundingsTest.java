package io.katydid.standby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SurroundingsTest {
  private static final Path FOLDER = Path.of("/tests");

  private static Optional<String> difference(Map<String, String> one, Map<String, String> other) {
    return Surroundings.own(FOLDER, one).difference(Surroundings.own(FOLDER, other));
  }

  @Test
  void whatAnyProcessMayBeToldLaterDoesNotMatter() {
    Map<String, String> one = Map.of("TOKEN", "1", "LOCUST_HOST", "a", "KATYDID_NO_BUILD", "1", "TZ", "UTC");
    Map<String, String> other = Map.of("TOKEN", "2", "HTTP_PROXY", "http://b", "TZ", "UTC");
    assertEquals(Optional.empty(), difference(one, other));
  }

  @Test
  void whatTheJvmReadsAtItsStartDoes() {
    for (String name : new String[] {"TZ", "LC_ALL", "LD_PRELOAD", "JAVA_TOOL_OPTIONS", "PYTHONPATH", "KATYDID_WEB_PASSWORD"}) {
      assertEquals(Optional.of("the variable " + name), difference(Map.of(name, "a"), Map.of()), name);
      assertEquals(Optional.of("the variable " + name), difference(Map.of(name, "a"), Map.of(name, "b")), name);
    }
  }

  @Test
  void soDoTheFolderAndWhatTheKernelAllows() {
    Surroundings here = Surroundings.own(FOLDER, Map.of());
    assertEquals(Optional.of("the folder"), here.difference(Surroundings.own(Path.of("/other"), Map.of())));
    assumeTrue(Files.exists(Path.of("/proc/self/ns/net")), "no Linux");
    assertTrue(here.facts().get("the limit \"Max open files\"").contains("files"), here.toString());
    assertTrue(here.facts().get("Umask of the process").matches("\\d{4}"), here.toString());
    assertTrue(here.facts().get("the namespace net").startsWith("net:["), here.toString());
  }
}
