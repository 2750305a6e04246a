package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Steers a master by its web routes, as a browser would (spec web-api). For one test, on its thread. */
final class MasterWeb implements AutoCloseable {
  /** A stop may wait for the users' stop timeout. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ObjectMapper json = new ObjectMapper();
  private final String base;

  MasterWeb(int port) {
    this.base = "http://127.0.0.1:" + port;
  }

  void swarm(int users) {
    JsonNode answer = send(request("/swarm").header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString("user_count=" + users + "&spawn_rate=" + users)));
    assertTrue(answer.path("success").asBoolean(), answer::toString);
  }

  void stop() {
    assertEquals("Test stopped", send(request("/stop").POST(HttpRequest.BodyPublishers.noBody())).path("message")
        .asText());
  }

  /** The reply of /stats/requests; an empty object while nobody answers. */
  JsonNode stats() {
    return send(request("/stats/requests").GET());
  }

  /** The body of a page. */
  String text(String path) {
    try {
      HttpResponse<String> reply = client.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
      assertEquals(200, reply.statusCode(), reply::body);
      return reply.body();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits until /stats/requests looks as wanted, and returns it. */
  JsonNode await(String what, int seconds, Predicate<JsonNode> wanted, Supplier<String> transcript) {
    long deadline = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    while (true) {
      JsonNode stats = stats();
      if (wanted.test(stats)) {
        return stats;
      }
      if (System.nanoTime() - deadline > 0) {
        fail("Not within " + seconds + " s: " + what + "\n" + stats + "\n" + transcript.get());
      }
      pause();
    }
  }

  /** Requests by "METHOD /path". */
  static Map<String, Long> counted(JsonNode stats) {
    Map<String, Long> counts = new TreeMap<>();
    for (JsonNode row : stats.path("stats")) {
      if (!row.path("name").asText().equals("Aggregated") && row.path("num_requests").asLong() > 0) {
        counts.put(row.path("method").asText() + " " + row.path("name").asText(), row.path("num_requests").asLong());
      }
    }
    return counts;
  }

  /** Number of workers in a state. */
  static int workers(JsonNode stats, String state) {
    int number = 0;
    for (JsonNode worker : stats.path("workers")) {
      number += worker.path("state").asText().equals(state) ? 1 : 0;
    }
    return number;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
  }

  private JsonNode send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> reply = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      assertEquals(200, reply.statusCode(), reply::body);
      return json.readTree(reply.body());
    } catch (ConnectException e) {
      return json.createObjectNode();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
