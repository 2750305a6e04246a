package io.katydid.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class HelpTextTest {
  private static final String HELP = HelpText.of("katydid", 80, List.of());

  @Test
  void listsEveryVisibleOptionUnderItsHeading() {
    for (OptionSpec row : LocustOptions.table()) {
      if (!row.hidden()) {
        assertTrue(HELP.contains(row.names().getLast()), row.label());
        assertFalse(row.help().isEmpty(), row.label());
      }
    }
    assertTrue(HELP.startsWith("Usage: katydid [options] [UserClass ...]\n\nCommon options:\n  -h, --help  "));
    assertTrue(HELP.contains("\n  -T [<tag> ...], --tags [<tag> ...]\n"));
  }

  @Test
  void hidesWhatIsHidden() {
    for (String hidden : List.of("--web-auth", "--headful", "--build-path", "--hatch-rate", "--slave")) {
      assertFalse(HELP.contains(hidden), hidden);
    }
  }

  @Test
  void fitsTheTerminal() {
    HELP.lines().filter(line -> !line.contains("katydid --headless") && line.startsWith("  "))
        .forEach(line -> assertTrue(line.length() <= 80, line));
  }

  @Test
  void theVersionNamesBothPrograms() {
    assertEquals("katydid 0.1.0 (compatible with locust 2.47.0)", Version.line("katydid"));
    assertEquals("locust 2.47.0 (katydid 0.1.0)", Version.line("locust"));
  }
}
