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
  /** Then a user ends and another begins: what compiled code meets only with a new session has to be met before. */
  private static final int TURNS_OF_A_USER = 50;
  /** All users together; each kind of request is then sent more often than compiling takes. */
  private static final int MOST_TURNS = 200_000;
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(30);
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
   * @param kinds of HTTP clients that scripts use, as {@code _katydid_warm_up.kinds} names them
   * @throws IOException if there is no port for the server
   */
  synchronized void begin(List<String> kinds) throws IOException {
    if (over || server != null || kinds.isEmpty()) {
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
    context.run(() -> context.module("_katydid_warm_up").invokeMember("open_for", unrecorded, url));
    List<TurnThreads.User> users = new ArrayList<>();
    for (int i = 0; i < USERS; i++) {
      users.add(
          context.turnThreads().newUser(
              "warm-up-" + (i + 1), new Turns(kinds.get(i % kinds.size())), this::userEnded));
    }
    running.set(users.size());
    users.forEach(TurnThreads.User::start);
  }

  /**
   * The turns of one user after the other, on the threads of a test's users. Python is called as for these, with values of
   * the same types: compiled code that meets something new has to be compiled anew.
   */
  private final class Turns implements TurnThreads.Turns {
    private final String kind;
    private final long deadline = System.nanoTime() + MOST_NANOS;
    private Value module;
    private Value untilWait;
    private Value mine;
    private int left;

    Turns(String kind) {
      this.kind = kind;
    }

    @Override
    public boolean warmsUp() {
      return true;
    }

    @Override
    public double untilWait(boolean killed) {
      if (killed || over || turns.incrementAndGet() > mostTurns || System.nanoTime() - deadline > 0) {
        return TurnThreads.ENDED;
      }
      if (module == null) {
        module = context.module("_katydid_warm_up");
        untilWait = context.member("locust._runtime", "until_wait");
      }
      if (mine == null) {
        mine = module.invokeMember("begin_user", kind);
        left = TURNS_OF_A_USER;
      }
      left--;
      double seconds = untilWait.execute(mine, left == 0).asDouble();
      if (seconds < 0) {
        mine = null;
        return 0;
      }
      return seconds;
    }
  }

  private void userEnded() {
    if (running.decrementAndGet() == 0) {
      end();
      closeServer();
    }
  }

  /**
   * Ends it for good: its users stop after the request they are in, and the last one closes the server. A failed request
   * would lead compiled code to where it has never been, and it would have to be compiled anew. Returns at once.
   */
  void end() {
    if (over) {
      return;
    }
    overSinceNanos = System.nanoTime();
    over = true;
  }

  /** What its last user does, unless the context is closed before that one has ended. */
  synchronized void closeServer() {
    if (server != null) {
      server.stop(0);
      http.close();
      server = null;
      http = null;
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
      int status = exchange.getRequestURI().getPath().equals("/missing") ? 404 : 200;
      exchange.sendResponseHeaders(status, ANSWER.length);
      exchange.getResponseBody().write(ANSWER);
    }
  }
}
