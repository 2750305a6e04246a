package io.katydid.cli;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A command line with its own environment, home and working folder. */
final class CommandLineFixture {
  private final Map<String, String> env = new HashMap<>();
  private final Path cwd;
  private final Path home;

  CommandLineFixture(Path folder) throws IOException {
    this.cwd = Files.createDirectories(folder.resolve("work"));
    this.home = Files.createDirectories(folder.resolve("home"));
  }

  Path cwd() {
    return cwd;
  }

  CommandLineFixture env(String name, String value) {
    env.put(name, value);
    return this;
  }

  CommandLineFixture file(String name, String text) throws IOException {
    Files.writeString(cwd.resolve(name), text);
    return this;
  }

  CommandLineFixture homeFile(String name, String text) throws IOException {
    Files.writeString(home.resolve(name), text);
    return this;
  }

  CommandLine line(String... args) {
    return new CommandLine(List.of(args), env, cwd, home);
  }

  Options parse(String... args) {
    return line(args).parse(List.of());
  }

  Options parseWith(List<CustomOption> custom, String... args) {
    return line(args).parse(custom);
  }

  String error(String... args) {
    return errorWith(List.of(), args);
  }

  String errorWith(List<CustomOption> custom, String... args) {
    UsageException e = assertThrows(UsageException.class, () -> line(args).parse(custom));
    return e.exitCode() + " " + e.text("locust");
  }
}
