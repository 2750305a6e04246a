package io.katydid.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HtmlFileNameTest {
  @Test
  void usersRateAndTimeStandInTheName() {
    Map<String, Object> options = Map.of("num_users", 100L, "spawn_rate", 10.0, "run_time", 60);
    assertEquals("report_u100_r10_t60.html", HtmlFileName.expand("report_u{u}_r{r}_t{t}.html", options));
  }

  @Test
  void aFractionalRateKeepsItsFraction() {
    assertEquals("0.5.html", HtmlFileName.expand("{r}.html", Map.of("spawn_rate", 0.5)));
  }

  @Test
  void whatIsNotSetStaysAsItIs() {
    Map<String, Object> options = new HashMap<>();
    options.put("num_users", null);
    assertEquals("u{u}_t{t}.html", HtmlFileName.expand("u{u}_t{t}.html", options));
  }
}
