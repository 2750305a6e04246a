package io.katydid.web;

import io.katydid.console.StatsDetail;
import io.katydid.console.TestConsole.CsvKind;
import io.katydid.console.TestConsole;
import io.katydid.console.TestSetup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The CSV downloads. Called by web threads; each is written into memory first. */
final class CsvRoutes {
  private final TestConsole console;

  CsvRoutes(TestConsole console) {
    this.console = console;
  }

  void addTo(Routes routes) {
    routes.get("/stats/requests/csv", request -> csv(CsvKind.REQUESTS));
    routes.get("/stats/failures/csv", request -> csv(CsvKind.FAILURES));
    routes.get("/exceptions/csv", request -> csv(CsvKind.EXCEPTIONS));
    routes.get("/stats/requests_full_history/csv", this::fullHistory);
  }

  private WebReply csv(CsvKind kind) throws IOException {
    return new WebReply(
        200,
        List.of(
            Map.entry("Content-Type", "text/csv"),
            Map.entry("Content-Disposition", "attachment;filename=" + fileName(kind))),
        content(kind));
  }

  private WebReply fullHistory(WebRequest request) throws Exception {
    if (!console.setup().fullHistory()) {
      return WebReply.error(404, "Error: Server was not started with option to generate full history.");
    }
    byte[] body;
    try {
      body = content(CsvKind.FULL_HISTORY);
    } catch (TestConsole.TooLargeException e) {
      return WebReply.error(413, "Error: " + e.getMessage());
    }
    String tag = '"' + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body), 0, 12) + '"';
    boolean known = tag.equals(request.header("if-none-match"));
    return new WebReply(
        known ? 304 : 200,
        List.of(
            Map.entry("Content-Type", "text/csv; charset=utf-8"),
            Map.entry("Content-Disposition", "attachment; filename=\"" + fileName(CsvKind.FULL_HISTORY) + "\""),
            Map.entry("Cache-Control", "no-cache, max-age=0"),
            Map.entry("ETag", tag)),
        known ? new byte[0] : body);
  }

  private byte[] content(CsvKind kind) throws IOException {
    StringBuilder text = new StringBuilder();
    console.writeCsv(kind, text);
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private String fileName(CsvKind kind) {
    TestSetup setup = console.setup();
    double start = console.stats(StatsDetail.COUNTS.first(0)).startTime();
    return DownloadName.of(setup, start, kind.fileNamePart(), "csv");
  }
}
