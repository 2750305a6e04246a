package io.katydid.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.katydid.console.WebConsole;
import io.katydid.console.WebSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A web UI on a port of its own with a client to ask it; the caches' clock stands still until {@link #pass}. */
final class RunningWeb implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  final FakeConsole console;
  final AtomicLong nanos = new AtomicLong(1_000_000_000L);
  final HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private final WebConsole.Running running;

  RunningWeb(FakeConsole console) throws IOException {
    this(console, WebSettings.plain("127.0.0.1", 0));
  }

  RunningWeb(FakeConsole console, WebSettings settings) throws IOException {
    this.console = console;
    this.running = new JettyWebConsole().start(console, settings, Clock.systemUTC(), nanos::get);
  }

  void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  int port() {
    return running.port();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(request(path).GET());
  }

  JsonNode getJson(String path) throws Exception {
    return JSON.readTree(get(path).body());
  }

  HttpResponse<String> post(String path, String form) throws Exception {
    return send(request(path)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(form)));
  }

  JsonNode swarm(String form) throws Exception {
    HttpResponse<String> reply = post("/swarm", form);
    if (reply.statusCode() != 200) {
      throw new AssertionError("status " + reply.statusCode() + ": " + reply.body());
    }
    return JSON.readTree(reply.body());
  }

  @Override
  public void close() {
    client.close();
    running.close();
  }
}
