package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.fail;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The server under test: counts what it answers as "METHOD /path status", so that a generator's statistics can be
 * compared with what really arrived. Routes: /ok, /json, /echo, /fail (500), /missing (404), /slow?ms=N, /redirect,
 * /cookie, /text?size=N, the same with more behind a slash; anything else is a 404.
 */
final class Target implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();

  Target() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.setExecutor(executor);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** How often each "METHOD /path status" was answered. */
  Map<String, Long> counts() {
    Map<String, Long> result = new TreeMap<>();
    counts.forEach((line, count) -> result.put(line, count.get()));
    return result;
  }

  /** How often each "METHOD /path" was answered, whatever the status. */
  Map<String, Long> countsByPath() {
    Map<String, Long> result = new TreeMap<>();
    counts().forEach((line, count) -> result.merge(line.substring(0, line.lastIndexOf(' ')), count, Long::sum));
    return result;
  }

  /** All answers together. */
  long total() {
    return counts.values().stream().mapToLong(AtomicLong::get).sum();
  }

  /** Waits until this many requests have been answered. */
  void awaitRequests(long number, int seconds) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (total() < number) {
      if (System.nanoTime() > deadline) {
        fail("only " + total() + " requests of " + number + " came within " + seconds + " s");
      }
      pause(20);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] request = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    String query = exchange.getRequestURI().getQuery();
    int status = 200;
    byte[] body = "ok".getBytes(StandardCharsets.UTF_8);
    switch (route(path)) {
      case "/ok" -> { }
      case "/json" -> {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        body = "{\"id\": 7, \"name\": \"katydid\", \"list\": [1, 2, 3]}".getBytes(StandardCharsets.UTF_8);
      }
      case "/echo" -> body = request;
      case "/fail" -> status = 500;
      case "/slow" -> pause(number(query, 100));
      case "/redirect" -> {
        status = 302;
        exchange.getResponseHeaders().set("Location", "/ok");
      }
      case "/cookie" -> {
        String sent = exchange.getRequestHeaders().getFirst("Cookie");
        exchange.getResponseHeaders().set("Set-Cookie", "session=abc; Path=/");
        body = String.valueOf(sent).getBytes(StandardCharsets.UTF_8);
      }
      case "/text" -> body = "x".repeat(number(query, 1000)).getBytes(StandardCharsets.UTF_8);
      default -> status = 404;
    }
    counts.computeIfAbsent(exchange.getRequestMethod() + " " + path + " " + status, key -> new AtomicLong())
        .incrementAndGet();
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
    if (!head && body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  /** The first part of a path. */
  private static String route(String path) {
    int end = path.indexOf('/', 1);
    return end < 0 ? path : path.substring(0, end);
  }

  private static int number(String query, int otherwise) {
    return query == null || !query.contains("=") ? otherwise
        : Integer.parseInt(query.substring(query.indexOf('=') + 1));
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    executor.close();
  }
}
