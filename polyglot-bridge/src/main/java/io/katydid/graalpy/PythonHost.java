package io.katydid.graalpy;

import com.sun.management.OperatingSystemMXBean;
import io.katydid.stats.RequestStats;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.crypto.generators.SCrypt;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/**
 * What Java offers to the Python module {@code _katydid}: sleeping, threads and the blocking primitive. One per
 * context; called by every thread that is in Python. A method that blocks gives the gate back meanwhile; Python calls
 * it with the interpreter lock released.
 */
public final class PythonHost {
  /** Python's number for it. */
  private static final int LOG_ERROR = 40;

  private final PythonContext context;
  private final PythonGate gate;
  private final AtomicLong threadNumbers = new AtomicLong();
  private final ScheduledThreadPoolExecutor alarms;
  /** What {@code _katydid.port()} returns; set once by the script, before user code runs. */
  private volatile Object port;
  private volatile boolean repliesWatched;
  private final Set<String> expectedListeners = ConcurrentHashMap.newKeySet();
  /** What {@code _katydid.library()} returns; set once, before the program runs. */
  private volatile Object library;

  /** Guarded by this object's monitor; null until Python asks, once. */
  private PythonSockets sockets;

  PythonHost(PythonContext context) {
    this.context = context;
    this.gate = context.gate();
    this.alarms =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("python-alarms").daemon().factory());
    alarms.setRemoveOnCancelPolicy(true);
  }

  /** Ends the alarms; the context is about to close. */
  void close() {
    alarms.shutdownNow();
    synchronized (this) {
      if (sockets != null) {
        sockets.close();
      }
    }
  }

  /** The run as the script sees it. */
  @HostAccess.Export
  public Object port() {
    return port;
  }

  /** Some function wants to see the answers of the web UI. */
  @HostAccess.Export
  public void watchReplies() {
    repliesWatched = true;
  }

  boolean repliesWatched() {
    return repliesWatched;
  }

  /** A compiled module is about to be loaded; why it must not be, or null. */
  @HostAccess.Export
  public String loadCompiled(String module) {
    return context.loadCompiled(module);
  }

  /** Somebody may listen to this event of an environment from now on. */
  @HostAccess.Export
  public void expectListener(String event) {
    expectedListeners.add(event);
  }

  /** Whether anybody may listen to this event; false means that nobody does. Any thread, does not wait. */
  boolean expectsListener(String event) {
    return expectedListeners.contains(event);
  }

  /** Locust as a library; null in a locustfile, whose run is made for it. */
  @HostAccess.Export
  public Object library() {
    return library;
  }

  /**
   * A dispatcher of a program's own.
   *
   * @param classes rows of name, weight, fixed count
   */
  @HostAccess.Export
  public PythonDispatcher newDispatcher(Value workers, Value classes) {
    return new PythonDispatcher(workers, classes);
  }

  /** Katydid's HTTP client. */
  @HostAccess.Export
  public HttpBridge http() {
    return context.http();
  }

  /** Sockets that wait outside of Python; null if they are left to GraalPy ({@link GraalPySockets}). */
  @HostAccess.Export
  public synchronized PythonSockets sockets() {
    if (sockets == null) {
      GraalPySockets channels = GraalPySockets.find();
      sockets = channels == null ? null : new PythonSockets(gate, channels);
    }
    return sockets;
  }

  /** Connections to PostgreSQL. */
  @HostAccess.Export
  public PostgresBridge postgres() {
    return new PostgresBridge(gate);
  }

  /** Channels of gRPC. */
  @HostAccess.Export
  public GrpcBridge grpc() {
    return new GrpcBridge(gate);
  }

  /** What the process has had of the processors, in nanoseconds; where the system does not tell, the time since a moment. */
  @HostAccess.Export
  public long processTimeNanos() {
    long nanos = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getProcessCpuTime() : -1;
    return nanos < 0 ? System.nanoTime() : nanos;
  }

  /** Counts an error of our own among the exceptions of the run, and logs it. Any thread. */
  void tell(OwnError error) {
    if (port instanceof ScriptPort run) {
      run.logException(error.message(), error.traceback());
      run.log(LOG_ERROR, "locust.runners", error.message() + "\n" + error.traceback());
    } else {
      System.err.println(error.message() + "\n" + error.traceback());
    }
  }

  void offer(Object newPort) {
    port = newPort;
  }

  void offerLibrary(Object newLibrary) {
    library = newLibrary;
  }

  /**
   * Sleeps.
   *
   * @return true if the calling thread was killed meanwhile
   */
  @HostAccess.Export
  public boolean sleep(double seconds) {
    PythonThread self = PythonThread.current();
    long nanos = (long) Math.min(Math.max(seconds, 0) * 1e9, 4e18);
    if (nanos == 0) {
      gate.yield();
      return self != null && self.takeKill();
    }
    gate.leave();
    try {
      if (self != null) {
        self.sleepUntil(System.nanoTime() + nanos);
      } else {
        Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      gate.enter();
    }
    return self != null && self.takeKill();
  }

  /**
   * Calls a Java method, or anything else, with the gate left, so that others run while it blocks.
   *
   * @param arguments a Python tuple
   */
  @HostAccess.Export
  public Object outside(Value function, Value arguments) {
    // Python's lists would be read while somebody else is in Python: they are copied before.
    Object[] plain = new Object[(int) arguments.getArraySize()];
    for (int i = 0; i < plain.length; i++) {
      Value argument = arguments.getArrayElement(i);
      boolean data = argument.isNull() || argument.isBoolean() || argument.isNumber() || argument.isString()
          || argument.hasArrayElements() || argument.hasHashEntries();
      plain[i] = data && !argument.isHostObject() ? PlainData.toJava(argument) : argument;
    }
    gate.leave();
    try {
      return function.execute(plain);
    } finally {
      gate.enter();
    }
  }

  /** The next program that the calling thread starts reads and writes these files; null: as Python says. */
  @HostAccess.Export
  public void nextProcess(String input, String output, String error) {
    context.processes().next(input, output, error);
  }

  /** A connection to the Unix socket at an absolute path. */
  @HostAccess.Export
  public UnixSockets connectUnix(String path) {
    return UnixSockets.connect(Path.of(path));
  }

  /** A Unix socket at an absolute path. */
  @HostAccess.Export
  public UnixSockets listenUnix(String path) {
    return UnixSockets.listen(Path.of(path));
  }

  /** A digest of a chosen length (see {@link ChosenDigests}), as Latin-1 text. */
  @HostAccess.Export
  public String digest(String name, Value data, int length, Value key, Value salt, Value person) {
    return latin1(ChosenDigests.digest(name, BridgeSession.bytesOf(data), length, BridgeSession.bytesOf(key),
        BridgeSession.bytesOf(salt), BridgeSession.bytesOf(person)));
  }

  /** A key made of a password by scrypt, as Latin-1 text. */
  @HostAccess.Export
  public String scrypt(Value password, Value salt, int n, int r, int p, int length) {
    return latin1(SCrypt.generate(BridgeSession.bytesOf(password), BridgeSession.bytesOf(salt), n, r, p, length));
  }

  @HostAccess.Export
  public UnicodeCharacters unicode() {
    return new UnicodeCharacters();
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** @param level 1 to 9 */
  @HostAccess.Export
  public Bzip2Encoder newBzip2Encoder(int level) {
    return new Bzip2Encoder(level);
  }

  @HostAccess.Export
  public Bzip2Decoder newBzip2Decoder() {
    return new Bzip2Decoder();
  }

  /** Both may be null. */
  @HostAccess.Export
  public XmlScanner newXmlScanner(String encoding, String separator) {
    return new XmlScanner(encoding, separator);
  }

  /** From now on requests ask this function where a name leads; null: nobody, they look it up. */
  @HostAccess.Export
  public void lookUpWith(Value function) {
    context.http().lookUpWith(function == null || function.isNull() ? null : function);
  }

  /** Statistics outside of any run, for scripts that count for themselves. */
  @HostAccess.Export
  public RequestStats newStats() {
    return new RequestStats(true, statsTime(), warning -> {});
  }

  /** Seconds since 1970 as the statistics of the run have it; before there is one, as the system has it. */
  @HostAccess.Export
  public double statsTime() {
    return port instanceof ScriptPort run ? run.statsTime() : System.currentTimeMillis() / 1000.0;
  }

  /** The calling thread's number (see {@link PythonThread#ident}). */
  @HostAccess.Export
  public long ident() {
    PythonThread self = PythonThread.current();
    return self == null ? Thread.currentThread().threadId() : self.ident();
  }

  /** The calling thread has filed something under its Java thread, and must stay on it. */
  @HostAccess.Export
  public void bindThread() {
    PythonThread self = PythonThread.current();
    if (self != null) {
      self.bind();
    }
  }

  /** True once if the calling thread has been told to die or to raise something. */
  @HostAccess.Export
  public boolean takeKill() {
    PythonThread self = PythonThread.current();
    return self != null && self.takeKill();
  }

  /** The calling thread obeys: it comes to what it does at its end. */
  @HostAccess.Export
  public void leave() {
    PythonThread self = PythonThread.current();
    if (self != null) {
      self.leave();
    }
  }

  /** The exception the calling thread must raise after it was told that it was killed; null = GreenletExit. */
  @HostAccess.Export
  public Object taken() {
    PythonThread self = PythonThread.current();
    return self == null ? null : self.taken();
  }

  /** Throws a Python exception in the calling thread once the time is up and it blocks. */
  @HostAccess.Export
  public PythonAlarm alarm(double seconds, Value exception) {
    PythonAlarm alarm = new PythonAlarm(PythonThread.current(), exception);
    long nanos = (long) Math.min(Math.max(seconds, 0) * 1e9, 4e18);
    alarm.timer(alarms.schedule(alarm::fire, nanos, TimeUnit.NANOSECONDS));
    return alarm;
  }

  @HostAccess.Export
  public PythonSemaphore newSemaphore(long permits) {
    return new PythonSemaphore(gate, permits);
  }

  /** Runs a Python callable on a new thread. */
  @HostAccess.Export
  public ThreadHandle spawn(Value callable, String name) {
    PythonThread thread = context.newThread(name + "-" + threadNumbers.incrementAndGet(), callable::executeVoid);
    thread.start();
    return new ThreadHandle(thread, gate);
  }

  /** The calling thread. */
  @HostAccess.Export
  public ThreadHandle current() {
    return new ThreadHandle(PythonThread.current(), gate);
  }
}
