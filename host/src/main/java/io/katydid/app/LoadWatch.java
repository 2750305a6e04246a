package io.katydid.app;

import io.katydid.health.HealthMonitor;
import io.katydid.log.Log;
import io.katydid.log.Logging;
import io.katydid.script.Script;
import java.util.Map;
import java.util.function.Consumer;

/** Tells a script every ten seconds what load the generator itself is under, and warns of too much. */
final class LoadWatch implements Consumer<HealthMonitor.Reading> {
  private final Script script;
  private final Log log;

  LoadWatch(Script script, Logging logging) {
    this.script = script;
    this.log = logging.log("locust.runners");
  }

  @Override
  public void accept(HealthMonitor.Reading reading) {
    script.fire(
        "usage_monitor", Map.of("cpu_usage", reading.cpuPercent(), "memory_usage", reading.memoryBytes()));
    if (reading.overloaded() && !script.warmingUp()) {
      script.fire("cpu_warning", Map.of("cpu_usage", reading.cpuPercent()));
      log.warning(
          "CPU usage above 90%! This may constrain your throughput and may even give inconsistent response time "
              + "measurements! Use fewer users on this machine, or add workers.");
    }
  }
}
