package io.katydid.graalpy;

import io.katydid.script.Library;
import io.katydid.script.RunControl;
import io.katydid.script.Script;
import io.katydid.script.ScriptException;
import io.katydid.stats.RequestStats;
import java.util.List;
import java.util.Map;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/**
 * Locust as a library, as Python sees it: what {@code _katydid.library()} returns in a program of its own. Any thread
 * that is in Python. Refusals come back as an {@link Answer}, which Python turns into its own exceptions.
 */
public final class LibraryPort {
  /** A result, or the sentence and the exit code of a refusal. */
  public record Answer(Object value, String refusal, int exitCode) {
    static Answer of(Object value) {
      return new Answer(value, null, 0);
    }

    static Answer refused(ScriptException e) {
      return new Answer(null, e.getMessage(), e.exitCode());
    }
  }

  private final PythonContext context;
  private final Library library;

  LibraryPort(PythonContext context, Library library) {
    this.context = context;
    this.library = library;
  }

  /** The built-in options' values, and what was given of the program's own: lists of dest, name, words. */
  @HostAccess.Export
  @SuppressWarnings("unchecked")
  public Answer readOptions(Value words, Value customOptions) {
    try {
      Library.ReadOptions read =
          library.readOptions(
              PlainData.strings(words), (List<Map<String, Object>>) PlainData.toJava(customOptions));
      return Answer.of(List.of(read.values(), GraalPyScript.flat(read.custom())));
    } catch (ScriptException e) {
      return Answer.refused(e);
    }
  }

  @HostAccess.Export
  public Map<String, Object> defaultOptions() {
    return library.defaultOptions();
  }

  /** Makes the run of the environment that Python has just adopted; the answer is its {@link ScriptPort}. */
  @HostAccess.Export
  public Answer create(
      String kind,
      RequestStats stats,
      String baseUrl,
      Value locustfiles,
      boolean resetStatsAfterRamp,
      String address,
      int port) {
    List<String> files = PlainData.strings(locustfiles);
    PythonSemaphore quit = new PythonSemaphore(context.gate(), 0);
    return withoutGate(
        () -> {
          Script script = new GraalPyScript(context);
          Library.NewRun order =
              new Library.NewRun(kind, stats, baseUrl, files, resetStatsAfterRamp, address, port);
          RunControl run = library.create(order, script, quit::release);
          return context.offer(new ScriptPort(run, context.gate(), quit));
        });
  }

  private interface Request {
    Object send() throws ScriptException;
  }

  /** For requests that enter Python again, or wait for somebody who does. */
  private Answer withoutGate(Request request) {
    context.gate().leave();
    try {
      return Answer.of(request.send());
    } catch (ScriptException e) {
      return Answer.refused(e);
    } finally {
      context.gate().enter();
    }
  }

  @HostAccess.Export
  public Answer startWeb(Value words) {
    List<String> options = PlainData.strings(words);
    return withoutGate(() -> library.startWeb(options));
  }

  @HostAccess.Export
  public Answer stopWeb() {
    return withoutGate(
        () -> {
          library.stopWeb();
          return null;
        });
  }

  @HostAccess.Export
  public Answer setUpLogging(String level, String logfile) {
    try {
      library.setUpLogging(level, logfile);
      return Answer.of(null);
    } catch (ScriptException e) {
      return Answer.refused(e);
    }
  }

  @HostAccess.Export
  public void log(int level, String logger, String message) {
    library.log(level, logger, message);
  }
}
