package io.katydid.standby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SurroundingsTest {
  private static Optional<String> difference(Map<String, String> one, Map<String, String> other) {
    return Surroundings.own(one).difference(Surroundings.own(other));
  }

  @Test
  void whatAnyProcessMayBeToldLaterDoesNotMatter() {
    Map<String, String> one = Map.of("TOKEN", "1", "LOCUST_HOST", "a", "KATYDID_NO_BUILD", "1", "PYTHONPATH", "/x", "TZ", "UTC");
    Map<String, String> other = Map.of("TOKEN", "2", "HTTP_PROXY", "http://b", "TZ", "UTC");
    assertEquals(Optional.empty(), difference(one, other));
  }

  @Test
  void whatTheJvmReadsAtItsStartDoes() {
    for (String name : new String[] {"TZ", "LC_ALL", "LD_PRELOAD", "JAVA_TOOL_OPTIONS", "KATYDID_WEB_PASSWORD"}) {
      assertEquals(Optional.of("the variable " + name), difference(Map.of(name, "a"), Map.of()), name);
      assertEquals(Optional.of("the variable " + name), difference(Map.of(name, "a"), Map.of(name, "b")), name);
    }
  }

  @Test
  void soDoesWhereTheProcessIs() {
    assumeTrue(Files.exists(Path.of("/proc/self/ns/net")), "no Linux");
    Surroundings here = Surroundings.own(Map.of());
    assertEquals(here, here.now());
    assertTrue(here.facts().get("the namespace net").startsWith("net:["), here.toString());
    assertTrue(here.facts().containsKey("Uid of the process"), here.toString());
    Map<String, String> elsewhere = new HashMap<>(here.facts());
    elsewhere.put("the namespace net", "net:[1]");
    assertEquals(Optional.of("the namespace net"), here.difference(new Surroundings(elsewhere)));
    assertEquals(here, new Surroundings(elsewhere).now(), "after it was brought back here");
  }

  @Test
  void namespacesOfItsOwnDoNotCount() {
    assumeTrue(Files.exists(Path.of("/proc/self/ns/net")), "no Linux");
    Surroundings caller = Surroundings.own(Map.of());
    Map<String, String> inside = new HashMap<>(caller.facts());
    inside.put("the namespace user", "user:[1]");
    inside.put("Groups of the process", "65534");
    assertEquals(Optional.empty(), new Surroundings(inside).inOwnNamespaces().difference(caller));
    inside.put("Uid of the process", "0 0 0 0");
    assertEquals(Optional.of("Uid of the process"), new Surroundings(inside).inOwnNamespaces().difference(caller));
  }
}
