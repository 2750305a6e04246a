package io.katydid.graalpy;

import java.util.concurrent.atomic.AtomicLong;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/**
 * What Java offers to the Python module {@code _katydid}: sleeping, threads and the blocking primitive. One per
 * context; called by every thread that is in Python. A method that blocks gives the gate back meanwhile; Python calls
 * it with the interpreter lock released.
 */
public final class PythonHost {
  private final PythonContext context;
  private final PythonGate gate;
  private final AtomicLong threadNumbers = new AtomicLong();
  /** What {@code _katydid.port()} returns; set once by the script, before user code runs. */
  private volatile Object port;

  PythonHost(PythonContext context) {
    this.context = context;
    this.gate = context.gate();
  }

  /** The run as the script sees it. */
  @HostAccess.Export
  public Object port() {
    return port;
  }

  /** Katydid's HTTP client. */
  @HostAccess.Export
  public HttpBridge http() {
    return context.http();
  }

  void offer(Object newPort) {
    port = newPort;
  }

  /**
   * Sleeps.
   *
   * @return true if the calling thread was killed meanwhile
   */
  @HostAccess.Export
  public boolean sleep(double seconds) {
    PythonThread self = PythonThread.current();
    gate.leave();
    try {
      long nanos = (long) Math.min(Math.max(seconds, 0) * 1e9, 4e18);
      if (nanos == 0) {
        Thread.yield();
      } else if (self != null) {
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

  /** True once if the calling thread has been told to die. */
  @HostAccess.Export
  public boolean takeKill() {
    PythonThread self = PythonThread.current();
    return self != null && self.takeKill();
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

  /** The calling thread, or null on the main thread. */
  @HostAccess.Export
  public ThreadHandle current() {
    PythonThread self = PythonThread.current();
    return self == null ? null : new ThreadHandle(self, gate);
  }
}
