package io.katydid.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.katydid.launcher.LauncherFixture.Result;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  @TempDir Path folder;
  private LauncherFixture launcher;

  @BeforeEach
  void freshProject() throws Exception {
    launcher = new LauncherFixture(folder);
    launcher.java("jdks/jdk", "25.0.1", true);
  }

  @Test
  void buildsOnceAndAgainWhenASourceIsNewer() throws Exception {
    Result first = launcher.run("-u", "1");
    assertEquals(0, first.code(), first.err());
    assertTrue(first.err().contains("building"));
    launcher.run("-u", "1");
    assertEquals(1, launcher.builds());
    launcher.editSource("New.java");
    launcher.run("-u", "1");
    assertEquals(2, launcher.builds());
    assertTrue(Files.readString(launcher.root().resolve("builds")).contains("jdks/jdk: -B -ntp -Dmaven.test.skip=true"));
  }

  @Test
  void runsWhatIsThereWhereThereAreNoSources() throws Exception {
    launcher.run("build");
    Files.delete(launcher.root().resolve("pom.xml"));
    launcher.editSource("New.java");
    launcher.env("KATYDID_MVN", "/nowhere/mvn");
    assertEquals(0, launcher.run("-u", "1").code());
  }

  @Test
  void saysWhatToInstallWhenMavenIsMissing() throws Exception {
    launcher.without("KATYDID_MVN").env("PATH", toolsWithoutMaven());
    Result result = launcher.run("-u", "1");
    assertEquals(1, result.code());
    assertTrue(result.err().contains("Maven is needed to build Katydid"), result.err());
  }

  @Test
  void aFailedBuildShowsItsErrors() throws Exception {
    Path mvn = launcher.folder().resolve("mvn");
    Files.writeString(mvn, "#!/bin/sh\necho '[ERROR] Foo.java: no semicolon'\nexit 1\n");
    Result result = launcher.run("-u", "1");
    assertEquals(1, result.code());
    assertTrue(result.err().contains("[ERROR] Foo.java: no semicolon"), result.err());
    assertFalse(Files.exists(launcher.root().resolve("target/building")));
  }

  @Test
  void passesArgumentsOnUntouched() throws Exception {
    Result result = launcher.run("-f", "a b.py", "*", "", "--", "$HOME");
    List<String> words = result.out().lines().toList();
    assertEquals("jdks/jdk started with:", words.getFirst());
    int main = words.indexOf("<io.katydid.Main>");
    assertEquals(List.of("<-f>", "<a b.py>", "<*>", "<>", "<-->", "<$HOME>"), words.subList(main + 1, words.size()));
    assertTrue(words.contains("<-Dkatydid.prog=katydid>"));
    assertTrue(words.contains("<-Dkatydid.python=" + launcher.root() + "/target/dist/python>"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void withoutALocaleNamesOfFilesAreUtf8() throws Exception {
    launcher.without("LC_ALL").without("LC_CTYPE");
    assertEquals(" C.UTF-8 ", localeWith("LANG", ""));
    assertEquals(" C.UTF-8 C", localeWith("LANG", "C"));
    assertEquals("  de_DE.UTF-8", localeWith("LANG", "de_DE.UTF-8"));
    assertEquals(" de_DE.ISO-8859-1 de_DE.UTF-8", localeWith("LC_CTYPE", "de_DE.ISO-8859-1"));
    assertEquals("C.UTF-8 C.UTF-8 de_DE.UTF-8", localeWith("LC_ALL", "POSIX"));
  }

  private String localeWith(String variable, String value) throws Exception {
    launcher.env(variable, value).run("-u", "1");
    return Files.readString(folder.resolve("jdks/jdk/bin/locale")).replace("\n", "");
  }

  @Test
  void startsWithoutAHomeInTheEnvironment() throws Exception {
    launcher.without("HOME").without("KATYDID_JDK_ROOTS").env("JAVA_HOME", folder.resolve("jdks/jdk").toString());
    Result result = launcher.run("-u", "1");
    assertEquals(0, result.code(), result.err());
    assertTrue(result.out().contains("<io.katydid.Main>"), result.out());
  }

  @Test
  void withoutAWritableCacheItTakesOneAmongTheTemporaryFiles() throws Exception {
    Path temporary = Files.createDirectories(folder.resolve("temporary files"));
    Path file = Files.writeString(folder.resolve("file"), "");
    launcher.env("KATYDID_RUNTIME_DIR", file.resolve("cache").toString()).env("TMPDIR", temporary.toString());
    Result result = launcher.run("-u", "1");
    assertEquals(0, result.code(), result.err());
    String own = "<-Dpolyglot.engine.userResourceCache=" + temporary + "/katydid-";
    assertTrue(result.out().contains(own), result.out());

    launcher.env("TMPDIR", file.toString());
    Result nowhere = launcher.run("-u", "1");
    assertEquals(1, nowhere.code());
    assertTrue(nowhere.err().contains("name a folder with KATYDID_RUNTIME_DIR"), nowhere.err());
  }

  @Test
  void runsAPythonProgram() throws Exception {
    List<String> words = launcher.run("python", "my program.py", "--version").out().lines().toList();
    int main = words.indexOf("<io.katydid.PythonMain>");
    assertEquals(List.of("<my program.py>", "<--version>"), words.subList(main + 1, words.size()));
  }

  @Test
  void writesStubsForEditorsWithoutStartingPython() throws Exception {
    haveStubs();
    Path project = launcher.folder().resolve("elsewhere");
    Result result = launcher.run("stubs");
    assertEquals(0, result.code(), result.err());
    assertEquals("", result.out());
    assertTrue(result.err().endsWith(
        "wrote 2 stubs to typings; VS Code and Pyright look there, for mypy set MYPYPATH=typings\n"), result.err());
    assertEquals(STUB + "class User: ...\n", Files.readString(project.resolve("typings/locust/user/users.pyi")));
    assertTrue(Files.exists(project.resolve("typings/locust/__init__.pyi")));
    Files.writeString(project.resolve("typings/locust/__init__.pyi"), STUB + "older\n");
    assertEquals(0, launcher.run("stubs").code(), "its own files are replaced");
    assertEquals(STUB, Files.readString(project.resolve("typings/locust/__init__.pyi")));
    String elsewhere = launcher.run("stubs", "other place").err();
    assertTrue(elsewhere.contains("wrote 2 stubs to other place; set python.analysis.stubPath"), elsewhere);
    assertTrue(Files.exists(project.resolve("other place/locust/__init__.pyi")));
  }

  @Test
  void refusesToWriteStubsOverFilesOfOthers() throws Exception {
    haveStubs();
    Path locust = Files.createDirectories(launcher.folder().resolve("elsewhere/typings/locust/user")).getParent();
    Files.writeString(locust.resolve("user/users.pyi"), "mine\n");
    Result result = launcher.run("stubs");
    assertEquals(1, result.code());
    assertTrue(result.err().contains("typings/locust/user/users.pyi is not from 'katydid stubs'"), result.err());
    assertEquals("mine\n", Files.readString(locust.resolve("user/users.pyi")));
    assertFalse(Files.exists(locust.resolve("__init__.pyi")), "nothing is written");
  }

  @Test
  void saysWhereStubsCannotBeWritten() throws Exception {
    haveStubs();
    Files.writeString(Files.createDirectories(launcher.folder().resolve("elsewhere")).resolve("file"), "");
    Result result = launcher.run("stubs", "file/typings");
    assertEquals(1, result.code());
    assertTrue(result.err().endsWith(
        "file/typings cannot be written; name another folder: katydid stubs FOLDER\n"), result.err());
    assertEquals(1, launcher.run("stubs", "--help").code());
    assertEquals(1, launcher.run("stubs", "one", "two").code());
  }

  private static final String STUB = "# Written by 'katydid stubs', which overwrites it.\n";

  private void haveStubs() throws Exception {
    launcher.run("build");
    Path stubs = Files.createDirectories(launcher.root().resolve("target/dist/stubs/locust/user")).getParent();
    Files.writeString(stubs.resolve("__init__.pyi"), STUB);
    Files.writeString(stubs.resolve("user/users.pyi"), STUB + "class User: ...\n");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aRunIsHandedOverWhereAProcessIsOnStandby() throws Exception {
    Result standby = launcher.run("standby");
    assertEquals(0, standby.code(), standby.err());
    Path socket = Path.of(standby.out().strip().split(" ", 2)[1]);
    assertFalse(Files.exists(socket.getParent()), "nothing is left of it");
    Files.createDirectories(socket.getParent());
    try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.bind(UnixDomainSocketAddress.of(socket));
      Result run = launcher.run("-f", "a b.py");
      assertTrue(run.out().contains("<io.katydid.standby.HandOver>\n<" + launcher.root().resolve("katydid") + ">\n<" + socket + ">\n<-f>\n<a b.py>\n"), run.out());
      assertFalse(run.out().contains("<io.katydid.Main>"), run.out());
      assertTrue(launcher.env("KATYDID_STANDBY", "no").run("-f", "a.py").out().contains("<io.katydid.Main>"));
      launcher.without("KATYDID_STANDBY").env("KATYDID_JAVA_OPTS", "-Xmx1g");
      assertTrue(launcher.run("-f", "a.py").out().contains("<io.katydid.Main>"), "another JVM would be needed");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void standbyTakesNoWords() throws Exception {
    Result result = launcher.run("standby", "-f", "a.py");
    assertEquals(1, result.code());
    assertTrue(result.err().contains("takes no words"), result.err());
  }

  private Path criuCalls() {
    return launcher.folder().resolve("criu-calls");
  }

  @Test
  @EnabledIf("mayBringProcessesBack")
  void aRunBeginsWithTheWarmProcessThatWasPutOnDisk() throws Exception {
    launcher.criu(":");
    Result prepared = launcher.env("TOKEN", "secret").env("LC_ALL", "C").run("prepare");
    assertEquals(0, prepared.code(), prepared.err());
    Path warm = onlyRuntime().resolve("warm");
    assertTrue(Files.exists(warm.resolve("ready")), prepared.err());
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(warm)));
    String started = Files.readString(warm.resolve("started"));
    assertTrue(started.startsWith(warm + "\n"), started);
    assertFalse(started.contains("secret"), started);
    assertTrue(started.contains("LC_ALL=C.UTF-8\n"), started);
    assertTrue(Files.readString(criuCalls()).matches("check\ndump --tree \\d+ --images-dir \\Q" + warm + "\\E/image .*\\n"),
        Files.readString(criuCalls()));

    Result run = launcher.run("-f", "a b.py");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().matches("(?s).*<-Dkatydid.restoration=\\d+:9>\n<io.katydid.standby.HandOver>\n<[^\n]*>\n<\\Q" + warm
        + "\\E/\\d+>\n<-f>\n<a b.py>\n"), run.out());
    assertTrue(launcher.env("KATYDID_STANDBY", "no").run("-f", "a.py").out().contains("<io.katydid.Main>"));
    launcher.without("KATYDID_STANDBY").env("KATYDID_JAVA_OPTS", "-Xmx1g");
    assertTrue(launcher.run("-f", "a.py").out().contains("<io.katydid.Main>"), "another JVM would be needed");
    launcher.without("KATYDID_JAVA_OPTS");
    Files.writeString(warm.resolve("ready"), "of another machine");
    assertTrue(launcher.run("-f", "a.py").out().contains("<io.katydid.Main>"));
    assertTrue(launcher.run("prepare").err().contains("already prepared"));
    assertTrue(launcher.run("-f", "a.py").out().contains("<io.katydid.standby.HandOver>"), "made anew");
  }

  @Test
  @EnabledIf("mayBringProcessesBack")
  void whereCriuFailsRunsStartAsEver() throws Exception {
    launcher.criu("echo 'Error (x.c:1): no such luck'; exit 1");
    Result prepared = launcher.run("prepare");
    assertEquals(0, prepared.code(), prepared.err());
    assertTrue(prepared.err().contains("so runs start without one: Error (x.c:1): no such luck\n"), prepared.err());
    assertFalse(Files.exists(onlyRuntime().resolve("warm")));
    assertTrue(launcher.run("-f", "a.py").out().contains("<io.katydid.Main>"));
  }

  /** What the launcher needs to try: Linux and root. */
  static boolean mayBringProcessesBack() {
    return "Linux".equals(System.getProperty("os.name")) && "root".equals(System.getProperty("user.name"));
  }

  private Path onlyRuntime() throws Exception {
    try (Stream<Path> folders = Files.list(launcher.folder().resolve("runtimes"))) {
      return folders.filter(folder -> Files.exists(folder.resolve("root"))).findFirst().orElseThrow().toRealPath();
    }
  }

  @Test
  void theModuleLocustIsTheProgramItself() throws Exception {
    List<String> words = launcher.run("python", "-m", "locust", "-u", "1").out().lines().toList();
    int main = words.indexOf("<io.katydid.Main>");
    assertEquals(List.of("<-u>", "<1>"), words.subList(main + 1, words.size()));
  }

  @Test
  void quickAnswersEndTheCall() throws Exception {
    Result result = launcher.run("--version");
    assertTrue(result.out().startsWith("quick "));
    assertFalse(result.out().contains("io.katydid.Main"));
  }

  @Test
  void answersAsLocustThroughALinkOfThatName() throws Exception {
    Path bin = Files.createDirectories(launcher.folder().resolve("bin"));
    Path relative = bin.relativize(launcher.root().resolve("katydid"));
    Path locust = Files.createSymbolicLink(bin.resolve("locust"), relative);
    Result result = launcher.runAs(locust, "build");
    assertTrue(result.out().contains("<-Dkatydid.prog=locust>"), result.err());
    assertTrue(result.out().endsWith("<build>\n"), "a word is a user class, not a command");
  }

  @Test
  void addsTheUsersJvmOptions() throws Exception {
    Result result = launcher.env("KATYDID_JAVA_OPTS", "-Xmx1g -Da=b").run("-u", "1");
    assertTrue(result.out().contains("<-Xmx1g>\n<-Da=b>\n"));
  }

  @Test
  void inTheImageTheHeapIsSizedAlsoWithoutItsEntryPoint() throws Exception {
    launcher.run("build");
    Files.delete(launcher.root().resolve("pom.xml"));
    Path docker = Files.createDirectories(launcher.root().resolve("docker"));
    Files.copy(Path.of(System.getProperty("katydid.project")).resolve("docker/heap.sh"), docker.resolve("heap.sh"));
    Files.createDirectories(launcher.root().resolve("site-packages"));
    String out = launcher.env("KATYDID_HEAP_PERCENT", "55").run("-u", "1").out();
    assertTrue(out.contains("<-XX:+ExitOnOutOfMemoryError>\n<-XX:+UseCompressedOops>\n<-XX:MaxRAMPercentage=55>\n"), out);
    String chosen = launcher.env("KATYDID_JAVA_OPTS", "-XX:+ExitOnOutOfMemoryError -Da=b").run("-u", "1").out();
    assertFalse(chosen.contains("MaxRAMPercentage"), chosen);
  }

  @Test
  void theYoungGenerationMayGrowUnlessTheHeapWasSet() throws Exception {
    String out = launcher.run("-u", "1").out();
    assertTrue(out.lastIndexOf("<-XX:MaxNewSize=") > out.indexOf("<-XX:MaxNewSize=48m>"), out);
    for (String chosen : List.of("-Xmx256m", "-Xmn64m", "-XX:NewSize=64m")) {
      String set = launcher.env("KATYDID_JAVA_OPTS", "-Da=b " + chosen).run("-u", "1").out();
      assertEquals(set.indexOf("<-XX:MaxNewSize="), set.lastIndexOf("<-XX:MaxNewSize="), set);
    }
    assertFalse(launcher.env("KATYDID_JAVA_OPTS", "-XX:+UseG1GC").run("-u", "1").out().contains("NewSize"));
  }

  @Test
  void usesThePreparedRuntimeUntilAJarChanges() throws Exception {
    Result before = launcher.run("-u", "1");
    assertTrue(before.err().contains("Python runs on the interpreter."));
    Result prepared = launcher.run("prepare");
    assertEquals(0, prepared.code(), prepared.err());
    assertEquals("", prepared.out(), "standard output is for results");
    Result after = launcher.run("-u", "1");
    assertTrue(after.out().startsWith("image started with:"), after.err() + prepared.err());
    assertTrue(after.out().contains("/app.aot>"));
    assertTrue(after.out().contains("<--module-path=" + launcher.root() + "/target/dist/compiler>"));
    assertFalse(after.out().contains("truffle-compiler-1.jar"), "the compiler is on the module path only");
    assertEquals("", after.err());
    assertTrue(launcher.run("prepare").err().contains("already prepared"));

    Files.writeString(launcher.root().resolve("target/dist/lib/katydid-host-0.1.0.jar"), "another");
    Result stale = launcher.run("-u", "1");
    assertTrue(stale.out().startsWith("jdks/jdk started with:"), stale.out());
    assertTrue(stale.out().contains("truffle-compiler-1.jar"));
    assertTrue(launcher.run("prepare", "--clean").err().contains("removed 1 old runtimes"));
  }

  @Test
  void otherJvmOptionsNeedAnotherPreparedRuntime() throws Exception {
    launcher.run("prepare");
    assertTrue(launcher.env("KATYDID_JAVA_OPTS", "-XX:+UseZGC").run("-u", "1").out().startsWith("jdks/jdk"));
  }

  @Test
  void thePreparedRuntimeCanBeDeclined() throws Exception {
    launcher.run("prepare");
    Result result = launcher.env("KATYDID_RUNTIME", "interpreter").run("-u", "1");
    assertTrue(result.out().startsWith("jdks/jdk"));
    assertEquals("", result.err());
  }

  @Test
  void aNamedRuntimeIsUsedAsItIs() throws Exception {
    launcher.run("prepare");
    Path made;
    try (var runtimes = Files.list(launcher.folder().resolve("runtimes"))) {
      made = runtimes.findFirst().orElseThrow();
    }
    Path moved = Files.move(made, launcher.folder().resolve("moved"));
    Path link = Files.createSymbolicLink(launcher.folder().resolve("link"), moved);
    Result result = launcher.env("KATYDID_RUNTIME", link.toString()).run("-u", "1");
    assertTrue(result.out().startsWith("image started with:"), result.out());
    assertTrue(result.out().contains("<-XX:AOTCache=" + moved + "/app.aot>"));
  }

  @Test
  void whatOthersCouldHaveChangedIsNotExecuted() throws Exception {
    launcher.run("prepare");
    Path runtime = onlyRuntime();
    for (String file : List.of("", "rt/bin", "rt/bin/java", "app.aot")) {
      Path open = runtime.resolve(file);
      var rights = Files.getPosixFilePermissions(open);
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xrwx"));
      Result run = launcher.run("-u", "1");
      assertTrue(run.out().startsWith("jdks/jdk started with:"), file + run.out());
      assertTrue(run.err().contains("is not used, since others could have changed what it executes: everybody may write "
          + open.toRealPath()), run.err());
      assertEquals(1, launcher.run("prepare").code(), "it would not be used");
      Files.setPosixFilePermissions(open, rights);
    }
    assertTrue(launcher.run("-u", "1").out().startsWith("image started with:"));
    Path java = runtime.resolve("rt/bin/java");
    Files.move(java, runtime.resolve("rt/other"));
    Files.createSymbolicLink(java, runtime.resolve("rt/other"));
    Result linked = launcher.run("-u", "1");
    assertTrue(linked.err().contains("rt/bin/java is a link"), linked.err());
    assertTrue(linked.out().startsWith("jdks/jdk started with:"), linked.out());
  }

  @Test
  @EnabledIf("mayBringProcessesBack")
  void whatBelongsToSomebodyElseIsNotExecuted() throws Exception {
    launcher.criu(":");
    launcher.run("prepare");
    Path runtime = onlyRuntime();
    Files.setAttribute(runtime.resolve("warm/image"), "unix:uid", 12345);
    Result run = launcher.run("-u", "1");
    assertTrue(run.out().startsWith("jdks/jdk started with:"), run.out());
    assertTrue(run.err().contains("warm/image belongs to another user"), run.err());
  }

  @Test
  void aCacheThatOthersMayWriteHoldsNoCompiledPython() throws Exception {
    Path shared = Files.createDirectories(launcher.folder().resolve("runtimes"));
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path temporary = Files.createDirectories(folder.resolve("temporary files"));
    Result run = launcher.env("TMPDIR", temporary.toString()).run("-u", "1");
    assertTrue(run.out().contains("<-Dkatydid.pycache=" + temporary + "/katydid-"), run.out());
    assertTrue(run.err().contains("where others could change it: everybody may write " + shared.toRealPath()), run.err());
    Result prepare = launcher.run("prepare");
    assertEquals(1, prepare.code());
    assertTrue(prepare.err().contains("runs would not use what is prepared in "), prepare.err());
  }

  @Test
  void aCacheFolderBehindALinkIsNotTaken() throws Exception {
    Path temporary = Files.createDirectories(folder.resolve("temporary"));
    Path file = Files.writeString(folder.resolve("file"), "");
    launcher.env("KATYDID_RUNTIME_DIR", file.resolve("cache").toString()).env("TMPDIR", temporary.toString());
    launcher.run("-u", "1");
    Path own;
    try (Stream<Path> made = Files.list(temporary)) {
      own = made.findFirst().orElseThrow();
    }
    Files.move(own, folder.resolve("moved"));
    Files.createSymbolicLink(own, folder.resolve("moved"));
    Result run = launcher.run("-u", "1");
    assertEquals(1, run.code());
    assertTrue(run.err().contains("can be written by you, and by you alone"), run.err());
  }

  @Test
  void passwordsAreNotKeptInWhatIsPrepared() throws Exception {
    String password = "hunter2";
    Result prepared = launcher.env("KATYDID_JAVA_OPTS", "-Da=b -Djavax.net.ssl.keyStorePassword=" + password + " @options")
        .env("JAVA_TOOL_OPTIONS", "-Dmy.token=" + password).env("JAVA_SECRET", password).env("JDK_JAVA_OPTIONS", "-Dc=d")
        .run("prepare");
    assertEquals(0, prepared.code(), prepared.err());
    assertTrue(prepared.err().contains("in KATYDID_JAVA_OPTS is left out of what is prepared, and there for runs:"
        + " -Djavax.net.ssl.keyStorePassword @options"), prepared.err());
    assertFalse(prepared.err().contains(password), prepared.err());
    String trained = Files.readString(onlyRuntime().resolve("app.aot"));
    assertFalse(trained.contains(password), trained);
    assertTrue(trained.contains("JDK_JAVA_OPTIONS=-Dc=d\n"), trained);
    assertTrue(trained.contains(" -Da=b "), trained);
    assertFalse(trained.contains("@options"), trained);
    String run = launcher.run("-u", "1").out();
    assertTrue(run.startsWith("image started with:"), run);
    assertTrue(run.contains("<-Djavax.net.ssl.keyStorePassword=" + password + ">"), run);
    assertTrue(launcher.env("KATYDID_JAVA_OPTS", "-Da=b").run("-u", "1").out().startsWith("image started with:"));
  }

  @Test
  @EnabledIf("mayBringProcessesBack")
  void aRunWithAPasswordIsNotGivenToAWarmProcessAndNoneIsMadeWithOne() throws Exception {
    launcher.criu(":");
    launcher.env("KATYDID_JAVA_OPTS", "-Da.password=hunter2").run("prepare");
    Path started = onlyRuntime().resolve("warm/started");
    assertFalse(Files.readString(started).contains("hunter2"), Files.readString(started));
    assertTrue(launcher.run("-u", "1").out().contains("<io.katydid.Main>"));
    Result standby = launcher.run("standby");
    assertEquals(1, standby.code());
    assertTrue(standby.err().contains("what looks like a password (-Da.password )"), standby.err());
    assertTrue(launcher.without("KATYDID_JAVA_OPTS").run("-u", "1").out().contains("<io.katydid.standby.HandOver>"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aProcessOnStandbyThatOthersCouldReplaceIsNotUsed() throws Exception {
    Path socket = Path.of(launcher.run("standby").out().strip().split(" ", 2)[1]);
    Files.createDirectories(socket.getParent());
    try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.bind(UnixDomainSocketAddress.of(socket));
      Files.setPosixFilePermissions(socket.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
      Result run = launcher.run("-u", "1");
      assertTrue(run.out().contains("<io.katydid.Main>"), run.out());
      assertTrue(run.err().contains("the process on standby is not used"), run.err());
    }
  }

  @Test
  void anInterruptedPreparationIsDoneAgain() throws Exception {
    launcher.run("prepare");
    try (var runtimes = Files.list(launcher.folder().resolve("runtimes"))) {
      Files.delete(runtimes.findFirst().orElseThrow().resolve("ready"));
    }
    assertTrue(launcher.run("-u", "1").out().startsWith("jdks/jdk"), "an incomplete runtime is not used");
    assertTrue(launcher.run("prepare").err().contains("prepared: "));
  }

  @Test
  void aFailedTrainingLeavesNothingBehind() throws Exception {
    Path jlink = launcher.folder().resolve("jdks/jdk/bin/jlink");
    Files.writeString(jlink, "#!/bin/sh\necho 'Error: no space'\nexit 1\n");
    Result result = launcher.run("prepare");
    assertEquals(1, result.code());
    assertTrue(result.err().contains("jlink failed: Error: no space"), result.err());
    try (var left = Files.list(launcher.folder().resolve("runtimes"))) {
      assertEquals(0, left.count());
    }
  }

  private String toolsWithoutMaven() throws Exception {
    Path tools = Files.createDirectories(launcher.folder().resolve("tools"));
    for (String tool : new String[] {"bash", "sh", "dirname", "readlink", "find", "head", "mkdir", "rmdir"}) {
      Path real = Files.exists(Path.of("/usr/bin", tool)) ? Path.of("/usr/bin", tool) : Path.of("/bin", tool);
      Files.createSymbolicLink(tools.resolve(tool), real);
    }
    return tools.toString();
  }
}
