package io.katydid.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Environment variables of the cluster. */
class ClusterTimesTest {
  private static final String REPORT_WAIT = "LOCUST_WAIT_FOR_WORKERS_REPORT_AFTER_RAMP_UP";
  private static final String READY_WAIT = "LOCUST_WORKER_ADDITIONAL_WAIT_BEFORE_READY_AFTER_STOP";

  @Test
  void withoutVariablesTheTimesAreLocusts() {
    assertEquals(new ClusterTimes(1, 0), ClusterTimes.of(Map.of()));
  }

  @Test
  void secondsAndMultiplesOfTheReportIntervalAreUnderstood() {
    assertEquals(0.5, ClusterTimes.of(Map.of(REPORT_WAIT, "0.5")).reportWait());
    assertEquals(3.75, ClusterTimes.of(Map.of(REPORT_WAIT, "1.25 * WORKER_REPORT_INTERVAL")).reportWait());
    assertEquals(6, ClusterTimes.of(Map.of(REPORT_WAIT, "2*WORKER_REPORT_INTERVAL")).reportWait());
    assertEquals(2, ClusterTimes.of(Map.of(READY_WAIT, "2")).waitBeforeReady());
  }

  @Test
  void nonsenseIsNamed() {
    for (String value : List.of("", "soon", "-1", "NaN", "Infinity", "2 * HEARTBEAT")) {
      var e = assertThrows(IllegalArgumentException.class, () -> ClusterTimes.of(Map.of(REPORT_WAIT, value)));
      assertTrue(e.getMessage().startsWith(REPORT_WAIT), e.getMessage());
    }
  }
}
