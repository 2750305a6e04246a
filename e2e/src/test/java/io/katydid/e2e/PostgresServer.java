package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of its own in a temporary folder, on a free port of the loopback interface. Where there is none, or
 * it does not start, the test is skipped with the reason. Owned by the test that starts it.
 */
final class PostgresServer implements AutoCloseable {
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final String USER = "katydid";

  private final Path folder;
  private final Path programs;
  private final int port = Peers.freePort();

  private PostgresServer(Path folder, Path programs) {
    this.folder = folder;
    this.programs = programs;
  }

  static PostgresServer start() throws IOException {
    Path programs = programs();
    // Not the test's own folder: the server's user, who is not root, needs to enter it.
    Path folder = Files.createTempDirectory("katydid-postgres");
    PostgresServer server = new PostgresServer(folder, programs);
    try {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
      server.run("initdb", "-D", server.data(), "-U", USER, "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync");
      server.run("pg_ctl", "-D", server.data(), "-w", "-t", "30", "-l", folder.resolve("log").toString(), "-o",
          "-p " + server.port + " -k " + folder + " -c listen_addresses=127.0.0.1 -c fsync=off -c timezone=UTC", "start");
      return server;
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** The folder with initdb. */
  private static Path programs() throws IOException {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(DEBIAN)) {
      try (Stream<Path> versions = Files.list(DEBIAN)) {
        versions.map(version -> version.resolve("bin")).sorted(Comparator.reverseOrder()).forEach(found::add);
      }
    }
    Peers.onPath("initdb").map(Path::getParent).ifPresent(found::add);
    return found.stream()
        .filter(bin -> Files.isExecutable(bin.resolve("initdb")) && Files.isExecutable(bin.resolve("pg_ctl")))
        .findFirst()
        .orElseGet(() -> abort("no PostgreSQL server here: install postgresql"));
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private void run(String program, String... words) {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      // The server refuses to run as root.
      Optional<Path> runuser = Peers.onPath("runuser");
      assumeTrue(runuser.isPresent(), "no runuser: the PostgreSQL server does not run as root");
      command.addAll(List.of(runuser.get().toString(), "-u", "nobody", "--"));
    }
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(words));
    try {
      Path said = Files.createTempFile("katydid-postgres", ".out");
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      Process process = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
      boolean ended = process.waitFor(60, TimeUnit.SECONDS);
      String text = Files.readString(said);
      Files.delete(said);
      if (!ended || process.exitValue() != 0) {
        process.destroyForcibly();
        abort("the PostgreSQL server cannot be had here: " + program + " said: " + text.strip());
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The variables that libpq's programs, and psycopg2, find the server by. */
  Map<String, String> environment() {
    return Map.of(
        "PGHOST", "127.0.0.1", "PGPORT", Integer.toString(port), "PGUSER", USER, "PGDATABASE", "postgres");
  }

  /** What psql prints for a query, without decoration. */
  String ask(String query) {
    Path psql = programs.resolve("psql");
    assertTrue(Files.isExecutable(psql), "no psql beside initdb");
    try (Program asking = Program.start(folder, environment(), List.of(psql.toString(), "-X", "-A", "-t", "-c", query))) {
      assertTrue(asking.exitCode(30) == 0, asking::transcript);
      return asking.stdout().strip();
    }
  }

  @Override
  public void close() {
    if (Files.exists(folder.resolve("data/postmaster.pid"))) {
      run("pg_ctl", "-D", data(), "-w", "-m", "immediate", "stop");
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      // Files of the server's user that nobody else may remove; the folder is a temporary one.
    }
  }
}
