package io.katydid.console;

import java.io.IOException;

/** Writes the report of a run as one HTML file that needs no network. Found with {@code ServiceLoader}. */
public interface HtmlReport {

  /**
   * Writes the report.
   *
   * @param dark colours to begin with; the reader can switch
   * @param downloadLink a link to put on the page, or null
   */
  void write(TestConsole console, boolean dark, String downloadLink, Appendable out) throws IOException;
}
