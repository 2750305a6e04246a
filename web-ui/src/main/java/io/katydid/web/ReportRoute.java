package io.katydid.web;

import io.katydid.console.HtmlReport;
import io.katydid.console.StatsDetail;
import io.katydid.console.TestConsole;
import java.io.IOException;
import java.util.List;

/** `/stats/report`: the report to look at or, with `download`, to keep. Called by web threads. */
final class ReportRoute {
  private final TestConsole console;
  private final HtmlReport report;

  ReportRoute(TestConsole console, HtmlReport report) {
    this.console = console;
    this.report = report;
  }

  void addTo(Routes routes) {
    routes.get("/stats/report", this::answer);
  }

  private WebReply answer(WebRequest request) throws IOException {
    boolean dark = request.query().first("theme", "").equals("dark");
    boolean download = !request.query().first("download", "").isEmpty();
    StringBuilder html = new StringBuilder(256 * 1024);
    String link = download ? null : "?download=1&theme=" + (dark ? "dark" : "light");
    report.write(console, dark, link, html);
    WebReply reply = WebReply.html(html.toString());
    if (!download) {
      return reply;
    }
    double start = console.stats(StatsDetail.COUNTS.first(0)).startTime();
    return reply.with(
        "Content-Disposition", "attachment;filename=" + DownloadName.of(console.setup(), start, "", "html"));
  }
}
