package io.katydid.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
  @Test
  void aGeneratorBelowAllLimitsIsTrusted() {
    assertEquals(List.of(), Verdict.warnings(4, 359, 20, 3000, 299_000, 60));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "4|361|0|0|0|60|This load generator used 90% of its 4 cores:",
    "4|0|21|0|0|3|Timers of this load generator were up to 21 ms late (99%):",
    "4|0|0|6000|0|60|This load generator spent 10% of the time in collector pauses:",
    "4|0|0|0|420000|60|On average 7 users of this load generator waited for Python"
  })
  void whatIsBeyondALimitIsSaid(
      int cores, double cpu, double late, double gc, double wait, double seconds, String beginning) {
    List<String> warnings = Verdict.warnings(cores, cpu, late, gc, wait, seconds);
    assertEquals(1, warnings.size(), warnings.toString());
    assertTrue(warnings.getFirst().startsWith(beginning), warnings.toString());
    assertTrue(warnings.getFirst().endsWith("add workers."), "says what to do: " + warnings);
  }

  @Test
  void theFirstSecondsDoNotCountForShares() {
    assertEquals(List.of(), Verdict.warnings(4, 0, 0, 5000, 90_000, 9.9));
    assertEquals(List.of(), Verdict.warnings(4, 0, 300, 0, 0, 2.9), "lateness of the first moments: code is loaded");
  }
}
