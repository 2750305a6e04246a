package io.katydid.standby;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a process has from where it was started and cannot change any more: user, processors, namespaces, and the variables
 * that a JVM reads at its start. A run is handed over only to a process that has the same. What it can change is taken over
 * ({@link Limits}, the folder).
 *
 * @param facts by a name that can be shown; the values may be secret
 * @param unseen names of facts that this process cannot tell as others see them, and that are known to be the same
 */
public record Surroundings(Map<String, String> facts, Set<String> unseen) {
  private static final Path SELF = Path.of("/proc/self");
  private static final List<String> STATUS = List.of("Uid", "Gid", "Groups", "Cpus_allowed_list");
  private static final List<String> NAMESPACES = List.of("mnt", "net", "user", "uts");
  private static final List<String> VARIABLES =
      List.of("GLIBC_TUNABLES", "HOME", "LANG", "LANGUAGE", "TMPDIR", "TZ", "XDG_CACHE_HOME", "_JAVA_OPTIONS");
  private static final List<String> FAMILIES =
      List.of("GRAAL", "JAVA_", "JDK_", "KATYDID_WEB_", "LC_", "LD_", "MALLOC_");
  private static final Set<String> OTHERS_INSIDE =
      Set.of("Groups of the process", "the namespace mnt", "the namespace user");

  Surroundings(Map<String, String> facts) {
    this(facts, Set.of());
  }

  /** Those of this process. Linux; what cannot be read counts as empty. */
  public static Surroundings own(Map<String, String> environment) {
    Map<String, String> facts = new TreeMap<>();
    lines("status").stream()
        .map(line -> line.split(":", 2))
        .filter(parts -> STATUS.contains(parts[0]))
        .forEach(parts -> facts.put(parts[0] + " of the process", parts[1].strip()));
    addNamespaces(facts);
    environment.forEach(
        (name, value) -> {
          if (VARIABLES.contains(name) || FAMILIES.stream().anyMatch(name::startsWith)) {
            facts.put("the variable " + name, value);
          }
        });
    return new Surroundings(facts);
  }

  /**
   * The same, of a process that will come back in a user namespace of its own: the launcher makes it and the mounts inside from the
   * caller's, and has looked at the groups ({@link Snapshot}). Inside they have other names.
   */
  public Surroundings inOwnNamespaces() {
    return new Surroundings(facts, OTHERS_INSIDE);
  }

  /** The same, with the namespaces that the process is in now: one that was kept on disk has come back in those of its caller. */
  Surroundings now() {
    Map<String, String> now = new TreeMap<>(facts);
    addNamespaces(now);
    return new Surroundings(now, unseen);
  }

  private static void addNamespaces(Map<String, String> facts) {
    for (String namespace : NAMESPACES) {
      facts.put("the namespace " + namespace, link("ns/" + namespace));
    }
  }

  private static List<String> lines(String file) {
    try {
      return Files.readAllLines(SELF.resolve(file));
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String link(String file) {
    try {
      return Files.readSymbolicLink(SELF.resolve(file)).toString();
    } catch (IOException e) {
      return "";
    }
  }

  /** The name of the first fact that is not the same there, if any. */
  Optional<String> difference(Surroundings other) {
    Set<String> names = new TreeSet<>(facts.keySet());
    names.addAll(other.facts.keySet());
    names.removeAll(unseen);
    return names.stream().filter(name -> !facts.getOrDefault(name, "").equals(other.facts.getOrDefault(name, ""))).findFirst();
  }
}
