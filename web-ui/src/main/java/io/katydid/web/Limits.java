package io.katydid.web;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How much of this server others can take: connections, bytes on their way, threads that wait. Owned by the web server,
 * which closes it.
 *
 * @param waiting for what asks the run or the locustfile on the way, and for comparing passwords
 * @param script for the locustfile's own routes: the way to Stop does not lead through these
 * @param watching for its functions that see the answers of our routes, which its own routes do not hold up
 */
record Limits(
    Connections connections,
    Transfers transfers,
    BoundedThreads waiting,
    BoundedThreads script,
    BoundedThreads watching,
    ScheduledExecutorService timer) implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 2000;
  private static final int FEWEST_CONNECTIONS = 64;
  private static final int WAITING_THREADS = 16;

  static Limits begin(LongSupplier nanoClock) {
    Connections connections = new Connections(mostConnections(), nanoClock);
    Transfers transfers = new Transfers(nanoClock);
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().name("web-limits").daemon().factory());
    timer.scheduleWithFixedDelay(transfers::look, 1, 1, TimeUnit.SECONDS);
    timer.scheduleWithFixedDelay(connections::look, 1, 1, TimeUnit.SECONDS);
    return new Limits(connections, transfers, new BoundedThreads("web-waiting", WAITING_THREADS, nanoClock),
        new BoundedThreads("web-script", WAITING_THREADS, nanoClock),
        new BoundedThreads("web-watching", WAITING_THREADS, nanoClock), timer);
  }

  /** A quarter of the files that this process may open: the others are the users'. */
  private static int mostConnections() {
    long files = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount() : 4L * MOST_CONNECTIONS;
    return (int) Math.clamp(files / 4, FEWEST_CONNECTIONS, MOST_CONNECTIONS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    waiting.close();
    script.close();
    watching.close();
  }
}
