package io.katydid.web;

import io.katydid.console.StatsDetail;
import io.katydid.console.StatsSnapshot.Row;
import io.katydid.console.StatsSnapshot;
import io.katydid.console.TestConsole;
import io.katydid.console.TestSetup;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Whole runs to compare with: this one as a file, and the last few that ended in this process, which are kept when the
 * next one begins or the statistics are reset. Called by web threads; the list has this object's lock.
 */
final class RunRoutes {
  private static final int MAX_KEPT = 5;
  private static final int MAX_KEPT_BYTES = 16 * 1024 * 1024;

  private record Kept(double startTime, Object users, long requests, byte[] run) {}

  private final TestConsole console;
  private final Supplier<StatsSnapshot> stats;
  private final Function<Row, Map<String, Object>> row;
  private final Deque<Kept> kept = new ArrayDeque<>();

  /**
   * @param stats a reading shared with others
   * @param row one row as the page has it
   */
  RunRoutes(TestConsole console, Supplier<StatsSnapshot> stats, Function<Row, Map<String, Object>> row) {
    this.console = console;
    this.stats = stats;
    this.row = row;
  }

  void addTo(Routes routes) {
    routes.get("/api/run", this::run);
    routes.getReady("/api/runs", request -> WebReply.text(200, "application/json", Json.compact(list())));
  }

  /** Before a start or a reset: what has been measured by a run that has ended. */
  void keep() {
    if (console.status().active()) {
      return;
    }
    if (console.total(StatsDetail.COUNTS).requests() == 0) {
      return;
    }
    StatsSnapshot ended = stats.get();
    byte[] run = Json.compact(tree(ended)).getBytes(StandardCharsets.UTF_8);
    synchronized (kept) {
      kept.removeIf(each -> each.startTime() == ended.startTime());
      kept.addFirst(new Kept(ended.startTime(), console.option("num_users"), ended.total().requests(), run));
      while (kept.size() > MAX_KEPT || kept.stream().mapToLong(each -> each.run().length).sum() > MAX_KEPT_BYTES) {
        kept.removeLast();
      }
    }
  }

  private Map<String, Object> list() {
    double current = stats.get().startTime();
    List<Map<String, Object>> runs = new ArrayList<>();
    synchronized (kept) {
      for (Kept each : kept) {
        if (each.startTime() != current) {
          Map<String, Object> tree = new LinkedHashMap<>();
          tree.put("start_time", each.startTime());
          tree.put("users", each.users());
          tree.put("requests", each.requests());
          runs.add(tree);
        }
      }
    }
    return Map.of("runs", runs);
  }

  private WebReply run(WebRequest request) {
    String wanted = request.query().first("start_time");
    if (wanted != null) {
      return earlier(wanted);
    }
    StatsSnapshot now = stats.get();
    WebReply reply = WebReply.text(200, "application/json", Json.compact(tree(now)));
    return request.query().first("download") == null
        ? reply
        : reply.with(
            "Content-Disposition",
            "attachment;filename=" + DownloadName.of(console.setup(), now.startTime(), "run", "json"));
  }

  private WebReply earlier(String wanted) {
    double startTime;
    try {
      startTime = Double.parseDouble(wanted);
    } catch (NumberFormatException e) {
      return WebReply.error(400, "start_time is the number that /api/runs tells.");
    }
    synchronized (kept) {
      for (Kept each : kept) {
        if (each.startTime() == startTime) {
          return new WebReply(200, List.of(Map.entry("Content-Type", "application/json")), each.run());
        }
      }
    }
    return WebReply.page(404, "Not Found", "There is no earlier run that began at that time; only the last "
        + MAX_KEPT + " are kept.");
  }

  private Map<String, Object> tree(StatsSnapshot run) {
    TestSetup setup = console.setup();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("katydid_run", 1);
    tree.put("locustfile", setup.locustfile());
    tree.put("host", setup.host());
    tree.put("users", console.option("num_users"));
    tree.put("spawn_rate", console.option("spawn_rate"));
    tree.put("start_time", run.startTime());
    tree.put("rows", run.rows().stream().map(row).toList());
    tree.put("total", row.apply(run.total()));
    tree.put("timeline", PageRoutes.presentTree(console.timeline()));
    tree.put("health", PageRoutes.health(console.health()));
    return tree;
  }
}
