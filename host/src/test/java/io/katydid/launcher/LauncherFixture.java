package io.katydid.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The real launcher script in a project folder of its own, with programs that only say how they were called in place
 * of java, jlink and mvn.
 */
final class LauncherFixture {
  /** What one call of the launcher did. */
  record Result(int code, String out, String err) {
  }

  private static final String JAVA = """
      #!/bin/sh
      for word in "$@"; do
        case $word in
          -version) echo 'openjdk version "%1$s" 2026-01-01' >&2; exit ;;
          io.katydid.cli.QuickAnswers) for last in "$@"; do :; done
            [ "$last" = --version ] && echo "quick $*" && exit 0
            exit 89 ;;
          io.katydid.StandbyMain) for last in "$@"; do :; done
            echo "standby $last" && exit 0 ;;
          io.katydid.SnapshotMain) for last in "$@"; do :; done
            { pwd; env; ls -l /proc/self/fd; } > "${last%%/*}/started"
            : > "$last"
            exec sleep 60 ;;
          -XX:AOTCacheOutput=*) { env; echo "$*"; } > "${word#*=}"; echo training noise; exit 0 ;;
        esac
      done
      echo "${LC_ALL:-} ${LC_CTYPE:-} ${LANG:-}" > "${0%%/*}/locale"
      echo "%2$s started with:"
      for word in "$@"; do echo "<$word>"; done
      """;

  private final Path folder;
  private final Path root;
  private final Map<String, String> env = new HashMap<>();

  LauncherFixture(Path folder) throws IOException {
    this.folder = folder.toRealPath();
    this.root = Files.createDirectories(this.folder.resolve("project with blanks"));
    Path script = Path.of(System.getProperty("katydid.project")).resolve("katydid");
    executable(root.resolve("katydid"), Files.readString(script));
    Files.writeString(root.resolve("pom.xml"), "<project/>");
    Files.createDirectories(root.resolve("host/src/main"));
    env.put("PATH", "/usr/bin:/bin");
    env.put("HOME", Files.createDirectories(this.folder.resolve("home")).toString());
    env.put("KATYDID_JDK_ROOTS", Files.createDirectories(this.folder.resolve("jdks")).toString());
    env.put("KATYDID_RUNTIME_DIR", this.folder.resolve("runtimes").toString());
    env.put("KATYDID_CRIU", this.folder.resolve("no-criu").toString());
    env.put("KATYDID_MVN", executable(this.folder.resolve("mvn"), """
        #!/bin/sh
        echo "[INFO] Building katydid-host 0.1.0    [1/1]"
        echo "built with $JAVA_HOME: $*" >> builds
        mkdir -p target/dist/lib target/dist/compiler
        : > target/dist/lib/katydid-host-0.1.0.jar
        : > target/dist/lib/truffle-compiler-1.jar
        : > target/dist/compiler/compiler-1.jar
        """).toString());
  }

  Path root() {
    return root;
  }

  Path folder() {
    return folder;
  }

  LauncherFixture env(String name, String value) {
    env.put(name, value);
    return this;
  }

  LauncherFixture without(String name) {
    env.remove(name);
    return this;
  }

  /** Makes a Java home below the folder; a JDK has a compiler and jlink. */
  Path java(String name, String version, boolean jdk) throws IOException {
    Path home = folder.resolve(name);
    executable(home.resolve("bin/java"), JAVA.formatted(version, name));
    Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    Files.createDirectories(home.resolve("lib"));
    Files.writeString(home.resolve("lib/modules"), version);
    if (jdk) {
      executable(home.resolve("bin/javac"), "#!/bin/sh\n");
      executable(home.resolve("bin/jlink"), """
          #!/bin/sh
          while [ $# -gt 0 ]; do
            [ "$1" = --output ] && out=$2
            shift
          done
          mkdir -p "$out/bin"
          cat > "$out/bin/java" <<'END'
          %s
          END
          chmod +x "$out/bin/java"
          """.formatted(JAVA.formatted(version, "image")));
    }
    return home;
  }

  /** Makes a program in the place of criu, which says how it was called, and one in the place of unshare. */
  void criu(String dump) throws IOException {
    env.put("KATYDID_CRIU", executable(folder.resolve("criu"), """
        #!/bin/sh
        echo "$*" >> "%1$s/criu-calls"
        case $1 in
          dump) %2$s ;;
          restore) readlink /proc/self/fd/0 >> "%1$s/criu-calls" ;;
        esac
        """.formatted(folder, dump)).toString());
    executable(Files.createDirectories(folder.resolve("bin")).resolve("unshare"), """
        #!/bin/sh
        while [ "${1#-}" != "$1" ]; do shift; done
        [ "$1" = setsid ] && shift
        "$@" <&0 &
        wait
        """);
    env.put("PATH", folder.resolve("bin") + ":" + env.get("PATH"));
  }

  /** How many times the project was built. */
  int builds() throws IOException {
    Path log = root.resolve("builds");
    return Files.exists(log) ? Files.readAllLines(log).size() : 0;
  }

  /** Makes a source file newer than everything that was built. */
  void editSource(String name) throws IOException {
    Path source = Files.writeString(root.resolve("host/src/main").resolve(name), "changed");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
  }

  Result run(String... args) throws IOException, InterruptedException {
    return runAs(root.resolve("katydid"), args);
  }

  Result runAs(Path script, String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", script.toString()));
    command.addAll(List.of(args));
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command)
        .directory(Files.createDirectories(folder.resolve("elsewhere")).toFile())
        .redirectOutput(out.toFile())
        .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(env);
    int code = builder.start().waitFor();
    return new Result(code, Files.readString(out), Files.readString(err));
  }

  private static Path executable(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }
}
