package io.katydid.app;

import io.katydid.cli.Options;
import io.katydid.cli.UsageException;
import io.katydid.log.Level;
import io.katydid.log.Log;
import io.katydid.log.Logging;
import io.katydid.script.NewUser;
import io.katydid.script.RunControl;
import io.katydid.script.Script;
import io.katydid.script.ScriptException;
import io.katydid.script.ScriptPages;
import io.katydid.script.ScriptUser;
import io.katydid.script.ShapeStep;
import io.katydid.script.UserClass;
import io.katydid.stats.StatsSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A script whose files may change: between two tests an interpreter with the newer files takes the place of the one in
 * use. It is told everything that the first was told, so that for the rest of the program it is the same script. Files
 * that cannot be loaded leave the old interpreter in place.
 *
 * <p>A watch looks for changes once a second while no test runs, so that a new test begins at once and the web UI
 * knows the new classes before; {@link #testBegins} looks once more. Reloading is done under this object's monitor, by
 * the watch's thread or the run thread; everything else goes to the interpreter in use, on the caller's thread.
 */
final class ReloadingScript implements Script {
  private static final long LOOK_SECONDS = 1;
  /** How long calls that are under way may still use an interpreter that was replaced. */
  private static final long CLOSE_AFTER_SECONDS = 2;
  private static final int MOST_NAMES = 6;

  /** Something the script was told, to be told to its successor as well. */
  private interface Step {
    void tell(Script script) throws ScriptException;
  }

  private final ScriptLoader loader;
  private final Object reloading = new Object();
  /** What it was told, in the order of the first time, by what it is about. Guarded by itself. */
  private final Map<String, Step> told = new LinkedHashMap<>();
  private final Map<String, Step> toldAfterInit = new LinkedHashMap<>();
  /** Guarded by {@code told}. */
  private boolean initialized;

  /** Changes under the monitor of {@code told}: a script in use has been told everything. */
  private volatile Script current;
  private volatile String hash;
  private volatile String problem;
  private volatile Integer earlierExitCode;
  private volatile boolean earlierUnhandled;
  private volatile double earlierWaitMillis;
  private volatile boolean closed;
  /** Whether a script that waits for a test makes itself faster meanwhile. */
  private volatile boolean warmsUp;
  private volatile ScheduledExecutorService watch;
  /** Called with what has been loaded anew. */
  private volatile Consumer<ScriptLoader.Loaded> onReload = loaded -> {};

  /** Guarded by {@code reloading}, as all that follows. */
  private ScriptLoader.Loaded loaded;
  private LoadedFiles files;
  private LoadedFiles lastLook;
  private LoadedFiles refused;
  private boolean testRuns;
  private boolean changeAnnounced;
  private Log log;

  private ReloadingScript(ScriptLoader loader) {
    this.loader = loader;
  }

  /** Loads the files for the first time. */
  static ScriptLoader.Loaded load(ScriptLoader loader) throws ScriptException {
    ReloadingScript script = new ReloadingScript(loader);
    LoadedFiles before = LoadedFiles.of(loader.locustfiles().stream().map(ReloadingScript::named).toList());
    ScriptLoader.Loaded first = loader.load();
    script.use(first, before);
    return new ScriptLoader.Loaded(script, first.options(), first.customOptions());
  }

  private void use(ScriptLoader.Loaded next, LoadedFiles before) {
    Collection<Path> modules = next.script().files();
    files = LoadedFiles.of(LoadedFiles.watched(modules)).asSeenBy(before);
    hash = files.hash(modules, roots());
    loaded = next;
    current = next.script();
    lastLook = files;
    refused = null;
    changeAnnounced = false;
  }

  /** As Python names its files. */
  private static Path named(Path file) {
    return file.toAbsolutePath().normalize();
  }

  private List<Path> roots() {
    return loader.locustfiles().stream().map(file -> named(file).getParent()).distinct().toList();
  }

  /** The names of the files in use, and their hash. */
  String filesLine() {
    List<Path> modules = current.files();
    List<Path> roots = roots();
    String names =
        modules.stream()
            .limit(MOST_NAMES)
            .map(file -> roots.stream().filter(file::startsWith).findFirst().map(r -> r.relativize(file)).orElse(file))
            .map(Path::toString)
            .collect(Collectors.joining(", "));
    String more = modules.size() > MOST_NAMES ? " and " + (modules.size() - MOST_NAMES) + " more" : "";
    return names + more + " (hash " + hash + ")";
  }

  /**
   * Says what is loaded. From now on changed files are loaded between tests, unless there is only one test or the
   * options say no.
   *
   * @param action called with what has been loaded anew, before the next test can begin
   */
  void begin(Options options, Logging logging, Consumer<ScriptLoader.Loaded> action) {
    synchronized (reloading) {
      log = logging.log("locust.main");
      log.info("Loaded " + filesLine());
      if (options.headless() || options.flag("no_reload")) {
        return;
      }
      onReload = action;
      ScheduledExecutorService looks =
          Executors.newSingleThreadScheduledExecutor(
              body -> {
                Thread thread = Thread.ofPlatform().name("locustfile-watch").daemon().unstarted(body);
                // GraalPy finds its language through the context class loader.
                thread.setContextClassLoader(ReloadingScript.class.getClassLoader());
                return thread;
              });
      looks.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
      watch = looks;
    }
  }

  /** A look of the watch: loads what has changed once two looks in a row have seen the same. */
  private void look() {
    synchronized (reloading) {
      try {
        LoadedFiles now = lastLook.now(LoadedFiles.watched(files.paths()));
        boolean settled = now.sameContents(lastLook);
        lastLook = now;
        if (!settled || now.sameContents(files) || refused != null && now.sameContents(refused)) {
          return;
        }
        if (!testRuns) {
          reload(now);
        } else if (!changeAnnounced) {
          changeAnnounced = true;
          log.info("The locustfile has changed while a test runs; the next test will use it.");
        }
      } catch (RuntimeException e) {
        log.error("Looking for a changed locustfile failed", e);
      }
    }
  }

  @Override
  public void testBegins() {
    current.testBegins();
    synchronized (reloading) {
      testRuns = true;
      if (watch != null) {
        LoadedFiles now = lastLook.now(LoadedFiles.watched(files.paths()));
        lastLook = now;
        if (!now.sameContents(files)) {
          reload(now);
        }
      }
    }
    // What the watch has loaded meanwhile may have begun to warm up.
    current.testBegins();
  }

  @Override
  public void endStuckUsers(Duration patience, Runnable onKill) {
    current.endStuckUsers(patience, onKill);
  }

  @Override
  public List<Thread> threads() {
    return current.threads();
  }

  @Override
  public boolean answers(Duration patience) {
    return current.answers(patience);
  }

  @Override
  public void testEnded() {
    current.testEnded();
    synchronized (reloading) {
      testRuns = false;
    }
  }

  private void reload(LoadedFiles before) {
    try {
      ScriptLoader.Loaded next = loader.load();
      Script old;
      try {
        if (closed) {
          next.script().close();
          return;
        }
        Optional<String> wrong = ScriptLoader.problemWithClasses(next.script().userClasses(), next.options());
        if (wrong.isPresent()) {
          throw new ScriptException(wrong.get(), ExitCode.FAILED);
        }
        old = current;
        tellEverythingAndSwitch(next.script());
      } catch (ScriptException | RuntimeException e) {
        next.script().close();
        throw e;
      }
      remember(old);
      use(next, before);
      problem = null;
      log.info("The locustfile has changed: loaded " + filesLine());
      onReload.accept(next);
      if (warmsUp && !testRuns) {
        // Nothing compiled for the old interpreter is of use to the new one.
        TestRun.warmUp(next.script(), log);
      }
      watch.schedule(old::close, CLOSE_AFTER_SECONDS, TimeUnit.SECONDS);
    } catch (ScriptException | UsageException e) {
      refuse(before, e.getMessage());
    } catch (RuntimeException e) {
      log.error("Loading the changed locustfile failed", e);
      refuse(before, e.toString());
    }
  }

  private void refuse(LoadedFiles now, String why) {
    refused = now;
    problem =
        "The locustfile has changed but cannot be loaded, so tests go on with the one from before (hash " + hash + "): "
            + why;
    log.lines(Level.ERROR, problem);
  }

  /**
   * Tells a script what the present one was told, and puts it in its place. What somebody says meanwhile (a start with another
   * host, from the web UI) it is told before it is used.
   */
  private void tellEverythingAndSwitch(Script next) throws ScriptException {
    Set<Step> heard = Collections.newSetFromMap(new IdentityHashMap<>());
    while (true) {
      List<Step> first = new ArrayList<>();
      List<Step> later = new ArrayList<>();
      synchronized (told) {
        told.values().stream().filter(step -> !heard.contains(step)).forEach(first::add);
        toldAfterInit.values().stream().filter(step -> !heard.contains(step)).forEach(later::add);
        if (first.isEmpty() && later.isEmpty()) {
          current = next;
          return;
        }
      }
      for (Step step : first) {
        heard.add(step);
        step.tell(next);
      }
      for (Step step : later) {
        heard.add(step);
        try {
          step.tell(next);
        } catch (ScriptException e) {
          log.lines(Level.WARNING, "What was set before does not fit the changed locustfile: " + e.getMessage());
        }
      }
    }
  }

  /** What the old interpreter knows of the process as a whole. */
  private void remember(Script old) {
    old.exitCode().ifPresent(code -> earlierExitCode = code);
    earlierUnhandled |= old.unhandledException();
    earlierWaitMillis += old.pythonWaitMillis();
  }

  private void tell(String about, Step step) throws ScriptException {
    Script inUse;
    synchronized (told) {
      (initialized ? toldAfterInit : told).put(about, step);
      inUse = current;
    }
    step.tell(inUse);
  }

  /** For what no script refuses. */
  private void tellPlainly(String about, Consumer<Script> step) {
    try {
      tell(about, step::accept);
    } catch (ScriptException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void selectClasses(List<String> names) throws ScriptException {
    tell("classes", script -> script.selectClasses(names));
  }

  @Override
  public void filterTags(List<String> include, List<String> exclude) {
    tellPlainly("tags", script -> script.filterTags(include, exclude));
  }

  @Override
  public void equalWeights() {
    tellPlainly("weights", Script::equalWeights);
  }

  @Override
  public void setHost(String host) {
    tellPlainly("host", script -> script.setHost(host));
  }

  @Override
  public void setOption(String dest, Object value) {
    tellPlainly("option " + dest, script -> script.setOption(dest, value));
  }

  @Override
  public void updateUserClass(Map<String, Object> change) throws ScriptException {
    Map<String, Object> kept = new LinkedHashMap<>(change);
    tell("class " + change.get("user_class_name") + " " + change.keySet(), script -> script.updateUserClass(kept));
  }

  @Override
  public void init(RunControl run) throws ScriptException {
    tell("init", script -> script.init(run));
    synchronized (told) {
      initialized = true;
    }
  }

  @Override
  public void setOptions(Map<String, Object> options, List<GivenWords> custom) throws ScriptException {
    throw new IllegalStateException("the loader has set the options");
  }

  @Override
  public List<UserClass> userClasses() {
    return current.userClasses();
  }

  @Override
  public List<String> shapes() {
    return current.shapes();
  }

  @Override
  public boolean shapeUsesCommonOptions(String shape) {
    return current.shapeUsesCommonOptions(shape);
  }

  @Override
  public List<Map<String, Object>> customOptions() throws ScriptException {
    return current.customOptions();
  }

  @Override
  public Map<String, Object> customValues() {
    return current.customValues();
  }

  @Override
  public void warmUpWhileIdle() throws IOException {
    warmsUp = true;
    current.warmUpWhileIdle();
  }

  @Override
  public boolean warmingUp() {
    return current.warmingUp();
  }

  @Override
  public ScriptUser spawn(String userClass, NewUser making, Consumer<ScriptUser> onEnd) {
    return current.spawn(userClass, making, onEnd);
  }

  @Override
  public void fire(String event, Map<String, ?> arguments) {
    current.fire(event, arguments);
  }

  @Override
  public Map<String, Object> fireReport(String event, String clientId, Map<String, Object> data) {
    return current.fireReport(event, clientId, data);
  }

  @Override
  public boolean deliver(String type, Object data, String nodeId) {
    return current.deliver(type, data, nodeId);
  }

  @Override
  public Optional<ShapeStep> tick(String shape) {
    return current.tick(shape);
  }

  @Override
  public void resetShape(String shape) {
    current.resetShape(shape);
  }

  @Override
  public ScriptPages pages() {
    return current.pages();
  }

  @Override
  public StatsSettings statsSettings() throws ScriptException {
    return current.statsSettings();
  }

  @Override
  public List<Path> files() {
    return current.files();
  }

  @Override
  public String filesHash() {
    return hash;
  }

  @Override
  public String notice() {
    return problem;
  }

  @Override
  public Optional<Integer> exitCode() {
    return current.exitCode().or(() -> Optional.ofNullable(earlierExitCode));
  }

  @Override
  public Optional<Integer> exited() {
    return current.exited();
  }

  @Override
  public boolean unhandledException() {
    return earlierUnhandled || current.unhandledException();
  }

  @Override
  public double pythonWaitMillis() {
    return earlierWaitMillis + current.pythonWaitMillis();
  }

  @Override
  public void close() {
    closed = true;
    ScheduledExecutorService watching = watch;
    if (watching != null) {
      watching.shutdown();
    }
    current.close();
  }
}
