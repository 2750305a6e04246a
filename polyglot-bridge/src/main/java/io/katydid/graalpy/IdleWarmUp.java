package io.katydid.graalpy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.graalvm.polyglot.Value;

/**
 * Lets Python's compiler, and the JVM's, meet the HTTP clients and the loop of users while a process waits for its first
 * test: a few users that are counted nowhere ask a small server in this process, over loopback. It ends by itself when it
 * has asked often or long enough, and at once when a test begins. One per script; any thread may call it.
 */
final class IdleWarmUp {
  private static final int USERS = 4;
  /** All users together; each kind of request is then sent more often than compiling takes. */
  private static final int MOST_TURNS = 100_000;
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(25);
  /** The load is read every ten seconds, for the time before. */
  private static final long LOAD_SEEN_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final byte[] ANSWER =
      "{\"id\": 7, \"name\": \"katydid\", \"ok\": true, \"n\": 1}".getBytes(StandardCharsets.US_ASCII);

  private final PythonContext context;
  private final int mostTurns;
  private final AtomicInteger turns = new AtomicInteger();
  private final AtomicInteger running = new AtomicInteger();
  private volatile boolean over;
  private volatile boolean begun;
  private volatile long overSinceNanos;
  /** Both guarded by this; null before and after. */
  private HttpServer server;
  private HttpBridge http;

  IdleWarmUp(PythonContext context) {
    this(context, MOST_TURNS);
  }

  /** @param mostTurns of all users together */
  IdleWarmUp(PythonContext context, int mostTurns) {
    this.context = context;
    this.mostTurns = mostTurns;
  }

  /**
   * Begins, unless a test has begun before. Returns at once.
   *
   * @param fast of each kind of client that scripts use: whether it is FastHttpUser's
   * @throws IOException if there is no port for the server
   */
  synchronized void begin(List<Boolean> fast) throws IOException {
    if (over || server != null || fast.isEmpty()) {
      return;
    }
    // Without this the server's answers wait for the client's acknowledgements, 40 ms each.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", IdleWarmUp::answer);
    server.start();
    begun = true;
    http = new HttpBridge(context.gate());
    HttpBridge unrecorded = http;
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    List<PythonThread> threads = new ArrayList<>();
    for (int i = 0; i < USERS; i++) {
      boolean kind = fast.get(i % fast.size());
      threads.add(context.newThread("warm-up-" + (i + 1), () -> user(unrecorded, url, kind), this::userEnded));
    }
    running.set(threads.size());
    threads.forEach(PythonThread::start);
  }

  private void user(HttpBridge unrecorded, String url, boolean fast) {
    Value mine = context.member("_katydid_warm_up", "begin_user").execute(unrecorded, url, fast);
    Value untilWait = context.member("locust._runtime", "until_wait");
    long deadline = System.nanoTime() + MOST_NANOS;
    boolean killed = false;
    while (!over && turns.incrementAndGet() <= mostTurns && System.nanoTime() - deadline < 0) {
      double seconds = untilWait.execute(mine, killed).asDouble();
      if (seconds < 0) {
        return;
      }
      killed = context.host().sleep(seconds);
    }
  }

  private void userEnded() {
    if (running.decrementAndGet() == 0) {
      end();
    }
  }

  /** Ends it for good: its users stop after the request they are in. Returns at once. */
  void end() {
    if (over) {
      return;
    }
    overSinceNanos = System.nanoTime();
    over = true;
    synchronized (this) {
      if (server != null) {
        server.stop(0);
        http.close();
        server = null;
        http = null;
      }
    }
  }

  /** Turns that its users have begun. */
  int turns() {
    return turns.get();
  }

  /** Whether a user of it still runs. */
  boolean working() {
    return running.get() > 0;
  }

  /** Whether it works, or has until so short a time ago that the process's load in the last ten seconds is its. */
  boolean loadsProcess() {
    return begun && (!over || System.nanoTime() - overSinceNanos < LOAD_SEEN_NANOS);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange; InputStream sent = exchange.getRequestBody()) {
      sent.readAllBytes();
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, ANSWER.length);
      exchange.getResponseBody().write(ANSWER);
    }
  }
}
