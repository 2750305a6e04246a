package io.katydid.app;

import io.katydid.cli.CommandLine;
import io.katydid.cli.CustomOption;
import io.katydid.cli.Options;
import io.katydid.script.Script;
import io.katydid.script.ScriptException;
import io.katydid.script.ScriptHost;
import java.util.List;

/**
 * Loads the locustfiles into an interpreter and reads the command line with the options they add. Each call makes another
 * interpreter; `--processes` needs several.
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

  Loaded load() throws ScriptException {
    Script script = host.load(request);
    List<CustomOption> custom = script.customOptions().stream().map(CustomOptions::read).toList();
    Options options = commandLine.parse(custom);
    script.setOptions(options.values(), options.custom().stream().map(CustomOptions::words).toList());
    return new Loaded(script, options, custom);
  }
}
