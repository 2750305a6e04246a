package io.katydid.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.katydid.launcher.LauncherFixture.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class JavaSearchTest {
  @TempDir Path folder;
  private LauncherFixture launcher;

  @BeforeEach
  void freshProject() throws Exception {
    launcher = new LauncherFixture(folder);
  }

  private void assertFinds(Path home) throws Exception {
    Result result = launcher.run("java-home");
    assertEquals(home + "\n", result.out(), result.err());
    assertEquals(0, result.code());
  }

  @Test
  void takesTheOneItIsTold() throws Exception {
    launcher.java("jdks/other", "25", true);
    Path told = launcher.java("mine", "25.0.2", true);
    launcher.env("KATYDID_JAVA_HOME", told.toString());
    assertFinds(told);
  }

  @Test
  void refusesToBeToldAWrongOne() throws Exception {
    launcher.java("jdks/right", "25", true);
    launcher.env("KATYDID_JAVA_HOME", launcher.java("old", "21.0.3", true).toString());
    Result result = launcher.run("java-home");
    assertEquals(1, result.code());
    assertTrue(result.err().contains("is not a Java 25. Point it at a JDK 25 or unset it."), result.err());
  }

  @Test
  void prefersJavaHomeThenThePathThenTheUsualPlaces() throws Exception {
    Path usual = launcher.java("jdks/usual", "25.0.1", true);
    launcher.java("jdks/newer", "26", true);
    launcher.java("jdks/similar", "250.1", true);
    assertFinds(usual);
    Path onPath = launcher.java("on-path", "25", true);
    Path link = Files.createSymbolicLink(launcher.folder().resolve("elsewhere-java"), onPath.resolve("bin"));
    launcher.env("PATH", link + ":/usr/bin:/bin");
    assertFinds(onPath);
    Path javaHome = launcher.java("java-home", "25", true);
    launcher.env("JAVA_HOME", javaHome.toString());
    assertFinds(javaHome);
  }

  @Test
  void passesOverAJavaHomeOfAnotherVersion() throws Exception {
    launcher.env("JAVA_HOME", launcher.java("old", "17.0.9", true).toString());
    assertFinds(launcher.java("jdks/usual", "25", true));
  }

  @Test
  void prefersOneWithACompilerButRunsWithoutOne() throws Exception {
    Path runtimeOnly = launcher.java("jdks/a-jre", "25", false);
    assertFinds(runtimeOnly);
    assertFinds(launcher.java("jdks/z-jdk", "25", true));
  }

  @Test
  void knowsTheLayoutOfMacs() throws Exception {
    assertFinds(launcher.java("jdks/temurin.jdk/Contents/Home", "25.0.1", true));
  }

  @Test
  void asksAJavaThatHasNoReleaseFile() throws Exception {
    Path home = launcher.java("jdks/plain", "25.0.1", true);
    Files.delete(home.resolve("release"));
    assertFinds(home);
  }

  @Test
  void saysWhatToInstallWhenThereIsNone() throws Exception {
    launcher.env("PATH", launcher.folder().resolve("tools").toString());
    Path tools = Files.createDirectories(launcher.folder().resolve("tools"));
    for (String tool : new String[] {"bash", "dirname", "readlink"}) {
      Path real = Files.exists(Path.of("/usr/bin", tool)) ? Path.of("/usr/bin", tool) : Path.of("/bin", tool);
      Files.createSymbolicLink(tools.resolve(tool), real);
    }
    Result result = launcher.run("--help");
    assertEquals(1, result.code());
    assertTrue(result.err().contains("Java 25 is needed and was not found"), result.err());
    assertTrue(result.err().contains("apt install temurin-25-jdk"), result.err());
    assertEquals("", result.out());
  }
}
