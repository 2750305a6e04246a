package io.katydid.app;

import io.katydid.health.HealthMonitor;
import io.katydid.log.Log;
import io.katydid.log.Logging;
import io.katydid.script.Script;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Tells a script every ten seconds what load the generator itself is under, and warns of too much. Made by the main thread, which
 * may add scripts; told by the health monitor's.
 */
final class LoadWatch implements Consumer<HealthMonitor.Reading> {
  private final Script script;
  private final List<Script> scripts = new CopyOnWriteArrayList<>();
  private final Log log;

  LoadWatch(Script script, Logging logging) {
    this.script = script;
    scripts.add(script);
    this.log = logging.log("locust.runners");
  }

  /** The load may also be that of another script of this process that makes itself faster. */
  void alsoOf(Script other) {
    scripts.add(other);
  }

  @Override
  public void accept(HealthMonitor.Reading reading) {
    script.fire(
        "usage_monitor", Map.of("cpu_usage", reading.cpuPercent(), "memory_usage", reading.memoryBytes()));
    if (reading.overloaded() && scripts.stream().noneMatch(Script::warmingUp)) {
      script.fire("cpu_warning", Map.of("cpu_usage", reading.cpuPercent()));
      log.warning(
          "CPU usage above 90%! This may constrain your throughput and may even give inconsistent response time "
              + "measurements! Use fewer users on this machine, or add workers.");
    }
  }
}
