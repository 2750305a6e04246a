package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Katydid master and a real Locust master with the same locustfile, each with a worker that reports the same to both:
 * the same calls of the web routes in the same order, and the answers compared value by value. What must differ is
 * named in {@link #MOMENTARY}; on purpose our page offers custom options as they were last given, and knows the hosts
 * of `--host` before the first run.
 */
class WebRoutesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int STARTUP = 240;
  private static final int SOON = 30;

  /** Depends on the moment of the reading, or is made anew by each process. */
  private static final List<String> MOMENTARY = List.of("current_response_time_percentiles", "history", "version",
      "start_time", "end_time", "duration");

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<String> differences = new ArrayList<>();
  private Side ours;
  private Side theirs;

  /** One master, its web port and its worker. */
  private final class Side implements AutoCloseable {
    private final String name;
    private final Program master;
    private final int webPort = Peers.freePort();
    private final int port = Peers.freePort();
    private ScriptedWorker worker;

    Side(Generator kind, Path locustfile) {
      this.name = kind.name();
      this.master = kind.start(folder, List.of("-f", locustfile.toString(), "--master", "--master-bind-host",
          "127.0.0.1", "--master-bind-port", "" + port, "--web-host", "127.0.0.1", "--web-port", "" + webPort,
          "--host", "http://127.0.0.1:8000", "--class-picker"));
    }

    HttpResponse<String> ask(String method, String path, String type, String body) {
      HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + webPort + path))
          .timeout(Duration.ofSeconds(SOON));
      if (type != null) {
        request.header("Content-Type", type);
      }
      try {
        return client.send(request.method(method, body == null ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
      } catch (IOException e) {
        return null;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    JsonNode json(String path) {
      HttpResponse<String> reply = ask("GET", path, null, null);
      return reply == null ? JSON.createObjectNode() : read(reply.body());
    }

    JsonNode await(String path, int seconds, Predicate<JsonNode> wanted) {
      long deadline = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
      while (true) {
        JsonNode found = json(path);
        if (wanted.test(found)) {
          return found;
        }
        if (System.nanoTime() - deadline > 0) {
          fail(name + " " + path + " is not as wanted: " + found + "\n" + master.transcript());
        }
        try {
          Thread.sleep(200);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException(e);
        }
      }
    }

    @Override
    public void close() {
      if (worker != null) {
        worker.close();
      }
      master.close();
    }
  }

  @AfterEach
  void close() {
    if (ours != null) {
      ours.close();
    }
    if (theirs != null) {
      theirs.close();
    }
    client.close();
  }

  @Test
  void everyRouteAnswersWithTheValuesOfLocust() throws Exception {
    Path locustfile = Files.writeString(folder.resolve("shop.py"), """
        from locust import User, TaskSet, constant, events, task


        @events.init_command_line_parser.add_listener
        def options(parser):
            parser.add_argument("--colour", choices=["red", "blue"], default="red", help="of the shoes")
            parser.add_argument("--code", is_secret=True, default="x")


        class Alpha(User):
            wait_time = constant(1)
            weight = 3

            @task(2)
            def ok(self):
                pass

            @task
            class Inner(TaskSet):
                @task
                def deep(self):
                    pass


        class Beta(User):
            wait_time = constant(1)
            host = "http://127.0.0.1:9000"

            @task
            def fail(self):
                pass
        """);
    theirs = new Side(Generator.LOCUST, locustfile);
    ours = new Side(Generator.KATYDID, locustfile);
    for (Side side : List.of(theirs, ours)) {
      side.await("/worker-count", STARTUP, answer -> answer.path("worker_count").asInt(-1) == 0);
    }
    sameJson("/stats/requests");
    sameJson("/exceptions");
    sameArguments("/");

    for (Side side : List.of(theirs, ours)) {
      side.worker = new ScriptedWorker("probe_1", side.port);
      side.await("/stats/requests", SOON, stats -> stats.path("workers").size() == 1
          && stats.at("/workers/0/cpu_usage").asDouble() == 12.5);
    }
    sameJson("/stats/requests");
    sameReply("POST", "/swarm", "application/x-www-form-urlencoded", "user_count=4&spawn_rate=nan");
    sameReply("POST", "/swarm", "application/x-www-form-urlencoded",
        "user_count=4&spawn_rate=4&colour=blue&run_time=1h&user_classes=Alpha&user_classes=Beta&nothing=1");
    double now = Math.floor(System.currentTimeMillis() / 1000.0) + 0.25;
    for (Side side : List.of(theirs, ours)) {
      side.await("/stats/requests", SOON, stats -> side.worker.users() == 4
          && stats.path("state").asText().equals("running"));
      side.worker.report(report(now));
      Map<String, Object> exception = new LinkedHashMap<>();
      exception.put("msg", "'session <token> å'");
      exception.put("traceback", "  File \"shop.py\", line 12, in ok\n    raise KeyError\n");
      side.worker.say("exception", exception);
      side.worker.say("exception", exception);
      side.await("/stats/requests", SOON,
          stats -> stats.path("stats").size() == 4 && stats.path("user_count").asInt() == 4);
      side.await("/exceptions", SOON, answer -> answer.at("/exceptions/0/count").asInt() == 2);
    }
    sameJson("/stats/requests");
    sameJson("/exceptions");
    sameJson("/tasks");
    sameJson("/worker-count");
    same(names(theirs.json("/logs")), names(ours.json("/logs")), "/logs");
    for (String file : List.of("/stats/requests/csv", "/stats/failures/csv", "/exceptions/csv")) {
      sameReply("GET", file, null, null);
    }
    sameArguments("/");
    sameArguments("/stats/report");
    sameReply("POST", "/user", "application/json",
        "{\"user_class_name\": \"Alpha\", \"weight\": 7, \"tasks\": [\"Inner\"]}");
    sameArguments("/");
    sameReply("POST", "/swarm", "multipart/form-data; boundary=q",
        "--q\r\nContent-Disposition: form-data; name=\"user_count\"\r\n\r\n2\r\n"
            + "--q\r\nContent-Disposition: form-data; name=\"spawn_rate\"\r\n\r\n2\r\n--q--\r\n");
    for (Side side : List.of(theirs, ours)) {
      side.await("/worker-count", SOON, answer -> side.worker.users() == 2);
    }
    sameReply("POST", "/stop", null, null);
    sameReply("POST", "/stats/reset", null, null);
    for (Side side : List.of(theirs, ours)) {
      side.await("/stats/requests", SOON,
          stats -> stats.at("/stats/0/num_requests").asInt(-1) == 0 && stats.path("state").asText().equals("stopped")
              && stats.at("/workers/0/cpu_usage").asDouble() == 12.5);
    }
    sameJson("/stats/requests");
    sameJson("/exceptions");
    assertEquals(List.of(), differences);
  }

  /** Three names: one with failures, one all in one cell, one that has no response times. */
  private static Map<String, Object> report(double now) {
    long second = (long) now;
    Map<String, Object> shop = entry("GET", "/shop/[id] å", now, 10, 2, Map.of(4L, 6L, 120L, 3L, 1300L, 1L), 1684.5,
        1302.75, 3.5);
    Map<String, Object> cart = entry("POST", "/cart", now, 3, 0, Map.of(8L, 3L), 24.25, 8.5, 7.75);
    Map<String, Object> queue = entry("QUEUE", "put", now, 2, 0, Map.of(), 0.0, 0.0, 0.0);
    queue.put("num_none_requests", 2L);
    queue.put("min_response_time", null);
    queue.put("max_response_time", 0L);
    queue.put("total_response_time", 0L);
    Map<Long, Long> times = Map.of(4L, 6L, 120L, 3L, 1300L, 1L, 8L, 3L);
    Map<String, Object> total = entry("", "Aggregated", now, 15, 2, times, 1708.75, 1302.75, 3.5);
    total.put("num_none_requests", 2L);
    total.put("num_reqs_per_sec", Map.of(second - 3, 7L, second - 2, 8L));
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("name", "/shop/[id] å");
    error.put("method", "GET");
    error.put("error", "HTTPError('500 Server Error: <b>no</b>, \"sorry\"')");
    error.put("occurrences", 2L);
    error.put("first_seen", now - 9.5);
    error.put("last_seen", now - 1.5);
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("stats", List.of(shop, cart, queue));
    report.put("stats_total", total);
    report.put("errors", Map.of("1bf4b27cd49b1d08e5e4e6b6ab13eec0", error));
    return report;
  }

  private static Map<String, Object> entry(String method, String name, double now, long requests, long failures,
      Map<Long, Long> times, double sum, double max, double min) {
    long second = (long) now;
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", name);
    entry.put("method", method);
    entry.put("last_request_timestamp", now);
    entry.put("start_time", now - 1000);
    entry.put("num_requests", requests);
    entry.put("num_none_requests", 0L);
    entry.put("num_failures", failures);
    entry.put("total_response_time", sum);
    entry.put("max_response_time", max);
    entry.put("min_response_time", min);
    entry.put("total_content_length", 1001L * requests + 1);
    entry.put("response_times", times);
    entry.put("num_reqs_per_sec", Map.of(second - 3, requests));
    entry.put("num_fail_per_sec", failures == 0 ? Map.of() : Map.of(second - 3, failures));
    return entry;
  }

  private void same(Object expected, Object actual, String what) {
    if (!expected.equals(actual)) {
      differences.add(what + "\n  Locust:  " + expected + "\n  Katydid: " + actual);
    }
  }

  private void sameJson(String path) {
    same(steady(theirs.json(path)), steady(ours.json(path)), path);
  }

  private void sameReply(String method, String path, String type, String body) {
    HttpResponse<String> expected = theirs.ask(method, path, type, body);
    HttpResponse<String> actual = ours.ask(method, path, type, body);
    same(expected.statusCode(), actual.statusCode(), path);
    same(expected.headers().firstValue("content-type"), actual.headers().firstValue("content-type"), path);
    same(expected.body().strip(), actual.body().strip(), path);
  }

  /** What a page's script is given, for each key that Locust's page has. */
  private void sameArguments(String path) {
    JsonNode expected = steady(arguments(theirs.ask("GET", path, null, null).body()));
    JsonNode actual = steady(arguments(ours.ask("GET", path, null, null).body()));
    for (JsonNode each : List.of(expected, actual)) {
      each.path("extra_options").forEach(option -> ((ObjectNode) option).remove("default_value"));
      each.path("users").forEach(userClass -> ((ObjectNode) userClass).remove("host"));
    }
    for (Iterator<String> keys = expected.fieldNames(); keys.hasNext();) {
      String key = keys.next();
      same(expected.get(key), actual.path(key), path + " " + key);
    }
    assertTrue(expected.size() > 10, expected::toString);
  }

  private static JsonNode arguments(String page) {
    return read(page.substring(page.indexOf("{", page.indexOf("window.templateArgs = {"))));
  }

  private static JsonNode steady(JsonNode tree) {
    if (tree instanceof ObjectNode object) {
      object.remove(MOMENTARY);
    }
    return tree;
  }

  private static TreeSet<String> names(JsonNode tree) {
    TreeSet<String> names = new TreeSet<>();
    tree.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException(text, e);
    }
  }
}
