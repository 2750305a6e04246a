package io.katydid.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How wide the name column is. */
class TerminalWidthTest {
  @ParameterizedTest
  @CsvSource({"0, 80", "200, 80", "160, 80", "159, 79", "100, 20", "81, 1", "80, 0", "40, 0"})
  void the_name_column_takes_what_the_terminal_has_left(int columns, int width) {
    assertEquals(width, ConsoleTables.nameWidth(columns));
  }

  @Test
  void an_unknown_system_has_no_terminal() {
    assertEquals(TerminalWidth.NONE, new TerminalWidth("Windows 11").getAsInt());
  }

  @Test
  void an_output_that_goes_elsewhere_is_no_terminal() {
    assumeTrue(System.console() == null || !System.console().isTerminal(), "needs an output that is not a terminal");
    assertEquals(TerminalWidth.NONE, new TerminalWidth(System.getProperty("os.name")).getAsInt());
  }
}
