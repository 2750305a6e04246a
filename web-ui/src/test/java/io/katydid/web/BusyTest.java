package io.katydid.web;

import io.katydid.console.RunStatus;
import io.katydid.console.RunTimeline;
import io.katydid.console.StatsSnapshot;
import io.katydid.console.TestConsole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A console in the middle of a large distributed test, with two runs behind it: what the page is looked at with. */
final class BusyTest {
  private static final List<String> VERBS = List.of("GET", "GET", "GET", "POST", "PUT", "DELETE");
  private static final List<String> THINGS =
      List.of("/login", "/cart", "/products", "/products/[id]", "/search?q=[q]", "/checkout", "/account",
          "/api/v2/stock");

  private BusyTest() {}

  /** @param rows how many different requests */
  static FakeConsole console(int rows, double now) {
    FakeConsole console = new FakeConsole();
    Random random = new Random(7);
    List<StatsSnapshot.Row> all = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      String name = THINGS.get(i % THINGS.size()) + (i < THINGS.size() ? "" : "/" + i);
      all.add(FakeConsole.row(VERBS.get(i % VERBS.size()), name, 1000 + random.nextInt(90_000), i % 5 == 3 ? i : 0));
    }
    console.rows = all;
    console.total = FakeConsole.row("", "Aggregated", 1_480_234, 1_023);
    console.status = new RunStatus("running", 2400, true, List.of(
        new RunStatus.Worker("host-a_5f2c9d", "running", 1200, 61.5, 812_000_000L, 0.8,
            new io.katydid.console.GeneratorHealth(61.5, 9, 1.2, 210, List.of())),
        new RunStatus.Worker("host-b_77aa01", "running", 1200, 97.2, 799_000_000L, 1.1, null)));
    console.health = new io.katydid.console.GeneratorHealth(41, 38, 4.2, 310, List.of(
        "This process was late by up to 38 ms: response times include its own delay. Add a worker or start fewer"
            + " users."));
    console.failures = List.of(
        new StatsSnapshot.Failure("a", "POST", "/cart", "HTTPError('500 Server Error for url: /cart')", 823,
            now - 300, now - 2),
        new StatsSnapshot.Failure("b", "GET", "/search", "CatchResponseError('<script>alert(1)</script> is not a"
            + " result')", 200, now - 200, now - 60));
    console.exceptions = List.of(new TestConsole.ScriptError(
        3, "KeyError: 'token'", "Traceback (most recent call last):\n  File \"locustfile.py\", line 12, in"
            + " login\nKeyError: 'token'", "host-a_5f2c9d"));
    console.logs = new TestConsole.LogLines(
        List.of("[2026-11-24 03:00:00,001] host/INFO/locust.main: Starting web interface",
            "[2026-11-24 03:00:09,411] host/WARNING/locust.runners: Worker host-b_77aa01 exceeded cpu threshold (will"
                + " only log this once per worker)"),
        Map.of("host-a_5f2c9d", List.of("[2026-11-24 03:00:01,102] host-a/INFO/locust.runners: started")));
    history(console.timeline, random, now);
    console.startTime = now - 221;
    return console;
  }

  private static void history(RunTimeline timeline, Random random, double now) {
    long requests = 0;
    List<Long> sums = new ArrayList<>(java.util.Collections.nCopies(RunTimeline.HEAT_BOUNDS_MILLIS.size(), 0L));
    for (int second = 0; second < 420; second++) {
      boolean pause = second >= 170 && second < 200;
      int users = pause ? 0 : second < 170 ? Math.min(1200, second * 20) : Math.min(2400, (second - 200) * 40);
      RunStatus status = new RunStatus(pause ? "stopped" : "running", users, true, List.of());
      double base = 20 + users / 60.0 + random.nextDouble() * 6;
      double rps = users * 1.8 + random.nextGaussian() * 20;
      requests += Math.max(0, (long) rps);
      finished(sums, Math.max(0, rps), base);
      timeline.sample(now - 420 + second, status, total(sums, requests, Math.max(0, rps),
          users / 400.0 * random.nextDouble(), base),
          List.of((long) base, (long) (base * 1.3), (long) (base * 1.9), (long) (base * 2.6), (long) (base * 4.5)));
    }
    timeline.note(now - 90, "cache cleared");
  }

  /** Adds one second's requests to the cumulative counts. */
  private static void finished(List<Long> sums, double rps, double middle) {
    for (int i = 0; i < sums.size(); i++) {
      double bound = RunTimeline.HEAT_BOUNDS_MILLIS.get(i);
      double share = 1 / (1 + Math.exp(-(Math.log(bound) - Math.log(middle)) * 3));
      sums.set(i, sums.get(i) + (long) (rps * share));
    }
  }

  private static StatsSnapshot.Row total(
      List<Long> sums, long requests, double rps, double failures, double middle) {
    return new StatsSnapshot.Row("", "Aggregated", requests, 0, middle, 1.0, 900.0, middle, 1200.0, rps, failures, rps,
        failures, 0.001, List.of(), List.copyOf(sums), requests, requests * middle);
  }
}
