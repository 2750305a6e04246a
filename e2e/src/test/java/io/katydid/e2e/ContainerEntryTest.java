package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The container's entry point, with programs named locust and katydid that only say how they were called: what the
 * variables of old and new images turn into.
 */
class ContainerEntryTest {
  @TempDir Path folder;
  private Path scripts;

  private record Outcome(int code, List<String> out, String err) {}

  @BeforeEach
  void programs() throws IOException {
    scripts = Files.createDirectories(folder.resolve("scripts"));
    program("locust", """
        #!/bin/sh
        for word in "$@"; do echo "<$word>"; done
        for name in HOST LOCUSTFILE MODE_MASTER MODE_WORKER HEADLESS MASTER_NODE_HOST MASTER_NODE_PORT WEB_PORT \\
            EXPECT_WORKERS; do
          eval "value=\\${LOCUST_$name:-}"
          [ -z "$value" ] || echo "$name=$value"
        done
        [ -z "${SAY:-}" ] || eval "echo \\"$SAY\\""
        """);
    program("katydid", """
        #!/bin/sh
        echo "katydid $*" >&2
        case "$*" in *no-such-package*) exit 1 ;; esac
        mkdir -p .katydid/site-packages
        """);
  }

  private void program(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Outcome start(Map<String, String> variables, String... args) throws IOException, InterruptedException {
    Path script = Peers.projectFolder().resolve("docker/entrypoint.sh");
    Path err = folder.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder(Stream.concat(Stream.of("sh", script.toString()), Stream.of(args)).toList())
            .directory(Files.createDirectories(folder.resolve("home")).toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().put("KATYDID_PACKAGES", folder.resolve("packages").toString());
    builder.environment().putAll(new TreeMap<>(variables));
    builder.environment().put("PATH", folder + ":/usr/bin:/bin");
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), text.lines().toList(), Files.readString(err));
  }

  @Test
  void wordsGoToTheProgramUntouched() throws Exception {
    assertEquals(
        List.of("<-f>", "</mnt/locust/a b.py>", "<*>"), start(Map.of(), "-f", "/mnt/locust/a b.py", "*").out());
  }

  @Test
  void variablesOfOldImagesAreTranslated() throws Exception {
    Outcome seen =
        start(
            Map.of("LOCUST_MODE", "SLAVE", "LOCUST_MASTER", "boss", "LOCUST_MASTER_BIND_PORT", "6000", "ATTACKED_HOST",
                "http://x", "LOCUST_FILE", "/l.py", "LOCUST_OPTS", "-c 5 --no-web *"),
            "-r", "1");
    assertEquals(
        List.of("<-c>", "<5>", "<--no-web>", "<*>", "<-r>", "<1>", "HOST=http://x", "LOCUSTFILE=/l.py",
            "MODE_WORKER=true", "MASTER_NODE_HOST=boss", "MASTER_NODE_PORT=6000"),
        seen.out());
  }

  @ParameterizedTest
  @CsvSource({
    "MASTER, MODE_MASTER=true", "master, MODE_MASTER=true", "Worker, MODE_WORKER=true", "slave, MODE_WORKER=true",
    "HEADLESS, HEADLESS=true", "Standalone, ''"
  })
  void theModeIsUnderstoodInAnyCase(String mode, String expected) throws Exception {
    List<String> seen = start(Map.of("LOCUST_MODE", mode, "LOCUST_MASTER_HOST", "boss")).out();
    List<String> wanted = new ArrayList<>(expected.isEmpty() ? List.of() : List.of(expected));
    wanted.add("MASTER_NODE_HOST=boss");
    assertEquals(wanted, seen);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ATTACKED_HOST", "TARGET_HOST", "TARGET_URL"})
  void theTargetHasManyNames(String name) throws Exception {
    assertEquals(List.of("HOST=http://t"), start(Map.of(name, "http://t")).out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"LOCUST_FILE", "SCENARIO_FILE", "LOCUSTFILE_PATH", "LOCUST_LOCUSTFILE_PATH"})
  void theLocustfileHasManyNames(String name) throws Exception {
    assertEquals(List.of("LOCUSTFILE=tests/x.py"), start(Map.of(name, "tests/x.py")).out());
  }

  @Test
  void locustsOwnVariablesWin() throws Exception {
    assertEquals(
        List.of("HOST=http://own", "MODE_MASTER=true", "EXPECT_WORKERS=2"),
        start(
                Map.of("LOCUST_HOST", "http://own", "TARGET_HOST", "http://other", "LOCUST_MODE", "master",
                    "EXPECT_SLAVES", "2"))
            .out());
  }

  @Test
  void descriptionsOfServicesAreNoSettings() throws Exception {
    assertEquals(
        List.of("MODE_WORKER=true", "MASTER_NODE_HOST=locust-master"),
        start(
                Map.of("LOCUST_MODE", "SLAVE", "LOCUST_MASTER", "locust-master", "LOCUST_MASTER_PORT",
                    "tcp://10.0.0.1:8089", "LOCUST_WEB_PORT", "tcp://10.0.0.2:80"))
            .out());
  }

  @Test
  void anUnknownModeIsRefused() throws Exception {
    Outcome seen = start(Map.of("LOCUST_MODE", "leader"));
    assertEquals(2, seen.code());
    assertEquals("LOCUST_MODE is 'leader'; it must be standalone, headless, master, worker or slave.\n", seen.err());
  }

  @Test
  void aWorkerNeedsAMaster() throws Exception {
    Outcome seen = start(Map.of("LOCUST_MODE", "SLAVE"));
    assertEquals(1, seen.code());
    assertEquals("LOCUST_MODE is 'SLAVE': set LOCUST_MASTER to the name or address of the master.\n", seen.err());
    assertEquals(0, start(Map.of("LOCUST_MODE", "SLAVE", "LOCUST_OPTS", "--master-host=boss")).code());
  }

  @Test
  void theFolderOfTheScriptsIsTheWorkingDirectory() throws Exception {
    assertEquals(
        List.of(scripts.toRealPath().toString()),
        start(Map.of("KATYDID_SCRIPTS", scripts.toString(), "SAY", "$(pwd -P)")).out());
  }

  @Test
  void packagesAreInstalledBeforeTheStart() throws Exception {
    Outcome seen = start(Map.of("PIP_PACKAGES", "faker==1.0,jsonpath tiny", "SAY", "$PYTHONPATH", "PYTHONPATH", "/p"));
    assertEquals(List.of(folder.resolve("packages") + "/.katydid/site-packages:/p"), seen.out());
    assertTrue(seen.err().startsWith("katydid pip install "), seen.err());
    assertTrue(seen.err().endsWith(" faker==1.0 jsonpath tiny\n"), seen.err());
  }

  @Test
  void packagesThatCannotBeInstalledEndTheStart() throws Exception {
    Outcome seen = start(Map.of("PIP_PACKAGES", "no-such-package"));
    assertEquals(1, seen.code());
    assertEquals(List.of(), seen.out());
    assertTrue(seen.err().contains("PIP_PACKAGES (no-such-package) cannot be installed in "), seen.err());
  }

  @Test
  void requirementsBesideTheLocustfileAreInstalled() throws Exception {
    Path file = Files.writeString(scripts.resolve("requirements.txt"), "locust==2.32.1\nfaker\n");
    Outcome seen = start(Map.of("KATYDID_SCRIPTS", scripts.toString()));
    assertEquals(0, seen.code());
    assertTrue(seen.err().contains("-r " + file.toRealPath()), seen.err());
  }

  @Test
  void requirementsThatCannotBeInstalledDoNot() throws Exception {
    Files.writeString(scripts.resolve("requirements.txt"), "faker\n");
    program("katydid", "#!/bin/sh\nexit 1\n");
    Outcome seen = start(Map.of("KATYDID_SCRIPTS", scripts.toString()), "-u", "1");
    assertEquals(List.of("<-u>", "<1>"), seen.out());
    assertTrue(seen.err().contains("Going on without some packages of ./requirements.txt"), seen.err());
  }

  @Test
  void theHeapIsAShareOfTheContainersMemoryUnlessItIsChosen() throws Exception {
    Map<String, String> say = Map.of("SAY", "$KATYDID_JAVA_OPTS");
    assertEquals(
        List.of("-XX:+ExitOnOutOfMemoryError -XX:+UseCompressedOops -XX:MaxRAMPercentage=60 "), start(say).out());
    Map<String, String> percent = new TreeMap<>(say);
    percent.put("KATYDID_HEAP_PERCENT", "50");
    assertTrue(start(percent).out().getFirst().contains("-XX:MaxRAMPercentage=50"));
    Map<String, String> chosen = new TreeMap<>(say);
    chosen.put("KATYDID_JAVA_OPTS", "-Xmx1g");
    assertEquals(List.of("-XX:+ExitOnOutOfMemoryError -Xmx1g"), start(chosen).out());
  }

  @Test
  void theEndOfTheProgramIsTheEndOfTheContainer() throws Exception {
    program("locust", "#!/bin/sh\nexit 7\n");
    assertEquals(7, start(Map.of()).code());
  }

  @Test
  void pipInstallsForKatydidWhereEveryStartLooks() throws Exception {
    program("katydid", "#!/bin/sh\nfor word in \"$@\"; do echo \"<$word>\"; done\necho $KATYDID_SITE_PACKAGES\n");
    Path tree = folder.resolve("tree");
    assertEquals(
        List.of("<pip>", "<install>", "<a b>", "<c>", tree.resolve("site-packages").toString()),
        callInTree(tree, "pip", "install", "--user", "a b", "c"));
    assertEquals(
        List.of("<pip>", "<show>", "<locust>", tree.resolve("site-packages").toString()),
        callInTree(tree, "python", "-m", "pip", "show", "locust"));
    assertEquals("<python>", callInTree(tree, "python", "seed.py", "-v").getFirst());
    Files.delete(tree.resolve("site-packages"));
    Files.writeString(tree.resolve("site-packages"), "in the way, as a tree that cannot be written is");
    assertEquals(folder.resolve("home/.katydid/site-packages").toString(), callInTree(tree, "pip", "list").getLast());
  }

  @Test
  void pythonIsKatydids() throws Exception {
    program("locust", "#!/bin/sh\necho \"locust $*\"\n");
    program("katydid", "#!/bin/sh\necho \"katydid $*\"\n");
    Path tree = folder.resolve("tree");
    assertEquals(List.of("locust -f x.py"), callInTree(tree, "python", "-m", "locust", "-f", "x.py"));
    assertEquals(List.of("katydid python -c print(1)"), callInTree(tree, "python", "-c", "print(1)"));
    assertTrue(callInTree(tree, "python", "--version").getFirst().startsWith("Python 3.12"));
  }

  /** The lines that one of the image's commands prints in a tree of its own. */
  private List<String> callInTree(Path tree, String name, String... words) throws Exception {
    Files.createDirectories(tree.resolve("docker"));
    for (String file : List.of("pip", "python")) {
      Path copy = tree.resolve("docker").resolve(file);
      Files.copy(Peers.projectFolder().resolve("docker").resolve(file), copy, StandardCopyOption.REPLACE_EXISTING);
      Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    List<String> command = new ArrayList<>(List.of(tree.resolve("docker").resolve(name).toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("PATH", folder + ":/usr/bin:/bin");
    builder.environment().put("HOME", folder.resolve("home").toString());
    builder.environment().remove("KATYDID_SITE_PACKAGES");
    Process process = builder.start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
  }
}
