package io.katydid.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.katydid.stats.RequestStats;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tables of names that nobody should trust; what they look like otherwise is in {@link RecordedRunsTest}. */
class ConsoleTablesTest {
  @Test
  void namesAndErrorsStayOnTheirLineAndDoNothingToTheTerminal() {
    RequestStats stats = new RequestStats(true, 1000.0, sentence -> {});
    String evil = "\u001b]0;t\u0007\u009b31m\u202e\r\n";
    stats.logRequest("G" + evil, "/" + evil, 10.0, 1, 1001.0);
    stats.logError("G" + evil, "/" + evil, "broken" + evil, 1001.0);
    ConsoleTables tables = new ConsoleTables(() -> 80, List.of(0.5, 0.99));
    List<String> lines = new ArrayList<>(tables.stats(stats, false));
    lines.addAll(tables.percentiles(stats));
    lines.addAll(tables.errors(stats));
    String shown = "\\x1b]0;t\\x07\\x9b31m\\u202e\\r\\n";
    assertEquals(3, lines.stream().filter(line -> line.contains("/" + shown)).count());
    assertTrue(lines.stream().allMatch(line -> line.chars().allMatch(c -> c >= ' ' && c < 0x7f)),
        () -> String.join("\n", lines));
  }
}
