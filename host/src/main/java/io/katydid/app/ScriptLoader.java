package io.katydid.app;

import io.katydid.cli.CommandLine;
import io.katydid.cli.CustomOption;
import io.katydid.cli.Options;
import io.katydid.script.Script;
import io.katydid.script.ScriptException;
import io.katydid.script.ScriptHost;
import io.katydid.script.UserClass;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Loads the locustfiles into an interpreter and reads the command line with the options they add. Each call makes
 * another interpreter; `--processes` needs several, and so does a locustfile that has changed.
 */
final class ScriptLoader {
  private final ScriptHost host;
  private final ScriptHost.Request request;
  private final CommandLine commandLine;

  /** A script with the options it was given. */
  record Loaded(Script script, Options options, List<CustomOption> customOptions) {}

  ScriptLoader(ScriptHost host, ScriptHost.Request request, CommandLine commandLine) {
    this.host = host;
    this.request = request;
    this.commandLine = commandLine;
  }

  /** The locustfiles. */
  List<Path> locustfiles() {
    return request.files();
  }

  /** Loads the files as they are now. */
  Loaded load() throws ScriptException {
    Script script = host.load(request);
    try {
      List<CustomOption> custom = script.customOptions().stream().map(CustomOptions::read).toList();
      Options options = commandLine.parse(custom);
      script.setOptions(options.values(), options.custom().stream().map(CustomOptions::words).toList());
      return new Loaded(script, options, custom);
    } catch (ScriptException | RuntimeException e) {
      script.close();
      throw e;
    }
  }

  /** Files without user classes, or a name of a user class on the command line that does not exist. */
  static Optional<String> problemWithClasses(List<UserClass> classes, Options options) {
    if (classes.isEmpty()) {
      return Optional.of("No User class found!");
    }
    Set<String> known = classes.stream().map(UserClass::name).collect(Collectors.toSet());
    List<String> unknown = new ArrayList<>(options.userClasses());
    unknown.removeIf(known::contains);
    return unknown.isEmpty() ? Optional.empty() : Optional.of("Unknown User(s): " + String.join(", ", unknown));
  }
}
