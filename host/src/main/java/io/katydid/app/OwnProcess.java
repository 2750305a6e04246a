package io.katydid.app;

import io.katydid.cluster.GeneratorReport;
import io.katydid.cluster.WorkerRun;
import io.katydid.health.HealthMonitor;
import io.katydid.runner.WorkerRunner;

/** The health of this process, which its workers share. */
record OwnProcess(HealthMonitor health) implements WorkerRunner.Generator {
  @Override
  public void begin() {
    health.begin();
  }

  @Override
  public void end() {
    health.end();
  }

  @Override
  public WorkerRun.Usage usage() {
    HealthMonitor.Reading reading = health.read();
    return new WorkerRun.Usage(
        reading.cpuPercent(),
        reading.memoryBytes(),
        new GeneratorReport(
            reading.maxLateMillis(), reading.p99LateMillis(), reading.gcMillis(), reading.warnings()));
  }
}
