package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The container image's file tree, made by the script that the Dockerfile calls and kept below target/ for all tests until
 * the program is built anew. Commands run in it by docker/in-tree: read-only, as an ordinary user, as process 1.
 */
final class ImageTree {
  private static final int NO_NAMESPACES = 125;
  private static final int SECONDS_TO_MAKE = 1200;

  private final Path folder;

  private ImageTree(Path folder) {
    this.folder = folder;
  }

  /** The tree with its prepared runtime; a test is skipped where such trees cannot be entered. */
  static synchronized ImageTree prepared() {
    Path project = Peers.projectFolder();
    ImageTree tree = new ImageTree(project.resolve("target/image-tree"));
    Path made = tree.folder.resolve("made-from");
    try {
      String wanted = tree.ingredients();
      if (Files.exists(made) && Files.readString(made).equals(wanted)) {
        return tree;
      }
      run(project, 60, "rm", "-rf", tree.folder.toString());
      Files.createDirectories(tree.folder);
      run(project, SECONDS_TO_MAKE, script("build-tree"), "files", tree.folder.toString());
      run(project, SECONDS_TO_MAKE, script("build-tree"), "links", tree.folder.toString());
      String jdk = System.getProperty("java.home");
      run(project, SECONDS_TO_MAKE, script("in-tree"), "--writable", "--root", "--env", "KATYDID_JAVA_HOME=" + jdk,
          tree.folder.toString(), "/opt/katydid/docker/build-tree", "runtime");
      Files.writeString(made, wanted);
      return tree;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Names, sizes and times of everything that goes into the tree. */
  private String ingredients() throws IOException {
    StringBuilder text = new StringBuilder();
    for (String part : List.of("katydid", "docker", "locustfiles", "target/dist")) {
      try (Stream<Path> files = Files.walk(Peers.projectFolder().resolve(part))) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          text.append(file).append(' ').append(Files.size(file)).append(' ').append(Files.getLastModifiedTime(file))
              .append('\n');
        }
      }
    }
    return text.toString();
  }

  private static void run(Path folder, int seconds, String... command) {
    try (Program program = Program.start(folder, Map.of(), List.of(command))) {
      int code = program.exitCode(seconds);
      if (code == NO_NAMESPACES) {
        abort("no container-like processes here: " + program.stderr().strip());
      }
      assertEquals(0, code, program::transcript);
    }
  }

  static String script(String name) {
    return Peers.projectFolder().resolve("docker").resolve(name).toString();
  }

  Path folder() {
    return folder;
  }

  /** What the image adds to its base, in bytes. */
  long bytes() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      long sum = 0;
      for (Path file : files.filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS)).toList()) {
        sum += Files.size(file);
      }
      return sum;
    }
  }

  /** A container that is not started yet. */
  ContainerSettings container() {
    return new ContainerSettings(this, List.of());
  }

  /**
   * How a container is started.
   *
   * @param words the options of docker/in-tree
   */
  record ContainerSettings(ImageTree tree, List<String> words) {
    ContainerSettings env(String name, String value) {
      return with("--env", name + "=" + value);
    }

    /** Makes a file or folder of the machine appear in the container, read-only. */
    ContainerSettings mount(Path from, String to) {
      return with("--mount", from + ":" + to);
    }

    private ContainerSettings with(String option, String value) {
      List<String> more = new ArrayList<>(words);
      more.add(option);
      more.add(value);
      return new ContainerSettings(tree, more);
    }

    /** Starts the image's entry point with these arguments, in the network of this machine. */
    Container start(String... arguments) {
      return start(List.of(), arguments);
    }

    /** The same in another network: {@code enter} are the words that lead there. */
    Container start(List<String> enter, String... arguments) {
      List<String> command = new ArrayList<>(enter);
      command.add(script("in-tree"));
      command.addAll(words);
      command.add(tree.folder.toString());
      command.add("/opt/katydid/docker/entrypoint.sh");
      command.addAll(List.of(arguments));
      return new Container(Program.start(Peers.projectFolder(), Map.of(), command));
    }
  }
}
