package io.katydid.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.katydid.stats.ExceptionTable;
import io.katydid.stats.ReportedPercentiles;
import io.katydid.stats.RequestStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The four files of `--csv` while a run goes on and after it. */
class CsvFilesTest {
  @TempDir Path folder;
  private final RequestStats stats = new RequestStats(true, 1000.0, sentence -> {});
  private final ExceptionTable exceptions = new ExceptionTable();
  private final StatsCsv csv = new StatsCsv(stats, exceptions, ReportedPercentiles.DEFAULT.inTables());

  private CsvFiles open(boolean full) throws IOException {
    return CsvFiles.open(csv, folder.resolve("deep/run").toString(), full);
  }

  private String file(String kind) throws IOException {
    return Files.readString(folder.resolve("deep/run_" + kind + ".csv"));
  }

  @Test
  void state_files_are_rewritten_and_the_history_grows() throws IOException {
    CsvFiles files = open(false);
    stats.logError("GET", "/a", "a rather long text of an error", 1000.5);
    exceptions.log("local", "boom", "line 1\nline 2");
    files.write(1, 1001.0);
    assertEquals(2, file("failures").lines().count());
    assertEquals("Count,Message,Traceback,Nodes\r\n1,boom,\"line 1\nline 2\",local\r\n", file("exceptions"));

    stats.resetAll(1001.5);
    files.write(2, 1002.0);
    assertEquals("Method,Name,Error,Occurrences,First Seen,Last Seen\r\n", file("failures"), "nothing old remains");
    assertEquals(3, file("stats_history").lines().count());
    files.close(2, 1002.5);
  }

  @Test
  void closing_writes_what_happened_since_the_last_write() throws IOException {
    CsvFiles files = open(false);
    files.write(1, 1001.0);
    stats.logRequest("GET", "/a", 12, true, 5, 1001.2);
    files.close(1, 1001.9);
    assertTrue(file("stats").contains("\r\nGET,/a,1,0,12,12.0,12,12,5.0,"), file("stats"));
    assertEquals(2, file("stats_history").lines().count(), "this second has a row already");
  }

  @Test
  void full_history_has_a_row_for_each_entry_before_the_total() throws IOException {
    CsvFiles files = open(true);
    stats.logRequest("GET", "/b", 12, true, 5, 1000.2);
    stats.logRequest("GET", "/a", 12, true, 5, 1000.2);
    files.close(3, 1001.0);
    List<String> rows = file("stats_history").lines().toList();
    assertEquals(4, rows.size());
    assertTrue(rows.get(1).startsWith("1001,3,GET,/a,0.000000,0.000000,"), rows.get(1));
    assertTrue(rows.get(2).startsWith("1001,3,GET,/b,"), rows.get(2));
    assertTrue(rows.get(3).startsWith("1001,3,,Aggregated,"), rows.get(3));
  }

  @Test
  void the_header_is_there_from_the_start() throws IOException {
    CsvFiles files = open(false);
    assertTrue(file("stats_history").startsWith("Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%,66%"));
    files.close(0, 1000.0);
    assertTrue(file("stats").startsWith("Type,Name,Request Count,Failure Count,Median Response Time,"));
  }

  @Test
  void the_json_file_is_made_with_its_folders_and_leaves_the_statistics_alone() throws IOException {
    stats.logRequest("GET", "/a", 12, true, 5, 1000.2);
    Path written = JsonReport.write(stats, folder.resolve("x/y/report"));
    assertEquals(folder.resolve("x/y/report.json"), written);
    assertEquals(JsonReport.of(stats), Files.readString(written));
    assertTrue(Files.readString(written).contains("\"num_requests\": 1"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
    "=1+2|'=1+2", "@SUM(A1)|'@SUM(A1)", "-cmd|'-cmd", "+x|'+x", "=1,2|\"'=1,2\"", "\uff1d1|'\uff1d1",
    "=a(\"b\")|\"'=a(\"\"b\"\")\"", "-1.5|-1.5", "+3|+3", "-1e-05|-1e-05", "/=a|/=a", "a=b|a=b", "'=|'="
  })
  void what_a_spreadsheet_would_take_for_a_formula_becomes_text(String word, String cell) throws IOException {
    stats.logRequest(word, word, 12, true, 5, 1000.2);
    stats.logError(word, word, word, 1000.5);
    exceptions.log(word, word, word);
    CsvFiles files = open(true);
    files.close(1, 1001.0);
    assertTrue(file("stats").contains("\r\n" + cell + "," + cell + ",1,1,"), file("stats"));
    assertTrue(file("stats_history").contains("\r\n1001,1," + cell + "," + cell + ","), file("stats_history"));
    assertTrue(file("failures").contains("\r\n" + cell + "," + cell + "," + cell + ",1,"), file("failures"));
    assertTrue(file("exceptions").contains("\r\n1," + cell + "," + cell + "," + cell + "\r\n"), file("exceptions"));
  }
}
