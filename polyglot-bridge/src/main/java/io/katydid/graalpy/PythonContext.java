package io.katydid.graalpy;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.EnvironmentAccess;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;

/**
 * One GraalPy context with its gate. Python may be entered only through {@link #run}, {@link #call} and the threads of
 * {@link #newThread} and {@link #turnThreads}: they take the gate, then the interpreter lock, which is then never contended.
 */
public final class PythonContext implements AutoCloseable {
  private static final long CLOSE_MILLIS = 3_000;

  private final Context context;
  private final PythonGate gate = new PythonGate();
  private final Set<PythonThread> running = ConcurrentHashMap.newKeySet();
  private final UserThreadChoice threads;
  private final NativeModules natives;
  private final ClassLoader libraries;
  /** Python's numbers for them. */
  private static final int INFO = 20;
  private static final int WARNING = 30;

  private volatile boolean closing;

  private final ChildProcesses processes = new ChildProcesses();
  private final HttpBridge http = new HttpBridge(gate);
  private final PythonHost host;
  private final TurnThreads turnThreads;
  private final GateWatchdog watchdog;
  private final PythonPulse pulse;
  private final boolean compiles;

  /**
   * @param engine shared by all contexts of the process
   * @param carriers likewise
   * @param natives likewise
   * @param settings where Python finds its modules
   */
  PythonContext(Engine engine, Carriers carriers, NativeModules natives, PythonSettings settings) {
    this.compiles = PythonEngine.compiles(engine);
    this.threads = new UserThreadChoice(settings.threads());
    this.natives = natives;
    this.libraries = settings.libraries();
    String path = settings.pythonPath().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    Context.Builder builder =
        Context.newBuilder("python")
            .engine(engine)
            .hostClassLoader(libraries)
            .allowHostAccess(PythonEngine.HOST_ACCESS)
            .allowHostClassLookup(name -> {
              // Java's libraries may file something under the thread.
              turnThreads().bindAll();
              return true;
            })
            .allowIO(IOAccess.newBuilder().fileSystem(new PythonFiles()).allowHostSocketAccess(true).build())
            .allowCreateThread(true)
            .allowCreateProcess(true)
            .processHandler(processes)
            .allowNativeAccess(true)
            .allowEnvironmentAccess(EnvironmentAccess.NONE)
            .environment(settings.environment())
            .currentWorkingDirectory(settings.workingDirectory().toAbsolutePath())
            .allowPolyglotAccess(PolyglotAccess.ALL)
            .allowExperimentalOptions(true)
            .option("python.PythonPath", path)
            .option("python.PosixModuleBackend", "java")
            .option("python.IsolateNativeModules", Boolean.toString(natives.isolated()))
            .option("python.WarnExperimentalFeatures", "false")
            .option("python.BackgroundGCTask", "false");
    settings
        .bytecodeCache()
        .ifPresent(
            dir ->
                builder
                    .option("python.DontWriteBytecodeFlag", "false")
                    .option("python.PyCachePrefix", dir.toString())
                    .option("python.CheckHashPycsMode", "never"));
    this.context = builder.build();
    this.host = new PythonHost(this);
    run(
        () -> {
          context.getPolyglotBindings().putMember("katydid_host", host);
          context.eval("python", "import _katydid_patches; _katydid_patches.install()");
        });
    Value enterThread = call(() -> member("_katydid", "enter_thread"));
    this.turnThreads = new TurnThreads(context, gate, host, enterThread, libraries, threads);
    ThreadInstrument.Access threadAccess =
        engine.getInstruments().get(ThreadInstrument.ID).lookup(ThreadInstrument.Access.class);
    run(threadAccess::setUpNativeCalls);
    this.watchdog = new GateWatchdog(gate, carriers, call(threadAccess::interrupterOfEnteredContext));
    watchdog.start();
    this.pulse = new PythonPulse(context, gate, enterThread);
  }

  /** The Java threads that users and greenlets have now. */
  List<Thread> userThreads() {
    return Stream.concat(running.stream(), turnThreads.users().stream())
        .map(PythonThread::thread)
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  /** See {@link io.katydid.script.Script#answers}. */
  boolean answers(Duration patience) {
    return pulse.beats(patience);
  }

  /** Whether Python is compiled here, and not only interpreted. */
  boolean compiles() {
    return compiles;
  }

  /** From now on users and greenlets that compute for so long without letting others run are killed. */
  void limitComputing(Duration most, Runnable onKill) {
    watchdog.limitComputing(most, onKill);
  }

  /** Ends what {@link #limitComputing} began. */
  void limitNoComputing() {
    watchdog.limitNoComputing();
  }

  PythonGate gate() {
    return gate;
  }

  /** The HTTP client of the scripts in this context. */
  public HttpBridge http() {
    return http;
  }

  /** Runs something inside the context on the calling thread. */
  public void run(Runnable body) {
    call(
        () -> {
          body.run();
          return null;
        });
  }

  /** As {@link #run}, with a result. Values must not leave the context without the gate; turn them into Java first. */
  public <T> T call(Supplier<T> body) {
    PythonThread guest = PythonThread.adopt();
    gate.enter();
    try {
      context.enter();
      try {
        return body.get();
      } finally {
        context.leave();
      }
    } finally {
      gate.leave();
      PythonThread.forget(guest);
    }
  }

  /** Which kind of thread is next. */
  UserThreadChoice threads() {
    return threads;
  }

  /**
   * The calling thread, which is in Python, is about to load a compiled module.
   *
   * @return why it must not; null = go on
   */
  String loadCompiled(String module) {
    boolean first = threads.compiled() == null;
    String refusal = threads.refusal(module, turnThreads.testRuns());
    if (refusal == null && first) {
      turnThreads.onPlatformThreads();
      tellOfCompiled();
    }
    return refusal;
  }

  /** One line in the log, once there is a run that has one. */
  private void tellOfCompiled() {
    String module = threads.compiled();
    if (module != null && host.port() instanceof ScriptPort run && !run.kind().equals("master") && natives.firstToTell()) {
      run.log(INFO, "locust.main", "Users run on platform threads: " + module + " is compiled code");
    }
  }

  /** Starts the programs that scripts ask for. */
  ChildProcesses processes() {
    return processes;
  }

  /** The threads that users have their turns on. */
  TurnThreads turnThreads() {
    return turnThreads;
  }

  /** What {@code _katydid} is made of on the Java side. */
  PythonHost host() {
    return host;
  }

  /** From now on this is the run that Python sees and requests count for. */
  ScriptPort offer(ScriptPort port) {
    host.offer(port);
    http.recordWith(port::recordHttp);
    tellOfCompiled();
    http.sentAgain().tell(text -> port.log(WARNING, "locust.clients", text));
    return port;
  }

  /** A Python module, imported on first use. Call inside {@link #call}. */
  Value module(String name) {
    return context.eval("python", "__import__('importlib').import_module('" + name + "')");
  }

  /** The attribute of a Python module. Call inside {@link #call}. */
  Value member(String module, String name) {
    return module(module).getMember(name);
  }

  /** Evaluates source text in `__main__`. Call inside {@link #call}. */
  public Value eval(CharSequence source) {
    return context.eval("python", source);
  }

  /** A thread that will run {@code body} inside the context; not started yet. */
  PythonThread newThread(String name, Runnable body) {
    return newThread(name, body, () -> {});
  }

  /**
   * A thread that will run {@code body} inside the context; not started yet.
   *
   * @param afterwards runs last on that thread, outside the context, whatever happened
   */
  PythonThread newThread(String name, Runnable body, Runnable afterwards) {
    return new PythonThread(
        name,
        threads.ofGreenlets(),
        libraries,
        () -> {
          PythonThread self = PythonThread.current();
          running.add(self);
          try {
            run(body);
          } catch (RuntimeException | Error e) {
            if (!closing && (!(e instanceof PolyglotException known) || isNews(known))) {
              host.tell(OwnError.of(e, "a greenlet or thread"));
            }
          } finally {
            running.remove(self);
            afterwards.run();
          }
        });
  }

  /**
   * Whether what ended a thread is worth telling. The end of the run cancels what still waits: that is no news. Nor is a
   * kill that has come after the last line of Python that could have caught it.
   */
  static boolean isNews(PolyglotException e) {
    boolean lateKill = e.isGuestException() && e.getMessage() != null && e.getMessage().startsWith("GreenletExit");
    return !e.isCancelled() && !e.isExit() && !lateKill;
  }

  /** Ends whatever still runs in the context and frees it. What does not end in time is left to the end of the process. */
  @Override
  public void close() {
    closing = true;
    host.close();
    watchdog.close();
    running.forEach(PythonThread::kill);
    turnThreads.close();
    http.close();
    Thread closing =
        Thread.ofPlatform().name("python-close").daemon().unstarted(() -> context.close(true));
    closing.setContextClassLoader(PythonContext.class.getClassLoader());
    closing.start();
    try {
      closing.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
