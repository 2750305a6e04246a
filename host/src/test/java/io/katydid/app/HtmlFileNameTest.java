package io.katydid.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class HtmlFileNameTest {
  @Test
  void usersRateAndTimeStandInTheName() {
    assertEquals(
        "report_u100_r10_t60.html",
        HtmlFileName.expand(
            "report_u{u}_r{r}_t{t}.html", OptionalInt.of(100), OptionalDouble.of(10), OptionalInt.of(60)));
  }

  @Test
  void aFractionalRateKeepsItsFraction() {
    assertEquals("0.5.html", HtmlFileName.expand("{r}.html", OptionalInt.empty(), OptionalDouble.of(0.5),
        OptionalInt.empty()));
  }

  @Test
  void whatIsNotSetStaysAsItIs() {
    assertEquals("u{u}_t{t}.html", HtmlFileName.expand("u{u}_t{t}.html", OptionalInt.empty(), OptionalDouble.empty(),
        OptionalInt.empty()));
  }
}
