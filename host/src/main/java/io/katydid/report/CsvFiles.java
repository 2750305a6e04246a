package io.katydid.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The four files of `--csv`: `_stats`, `_failures` and `_exceptions` hold the present state and are rewritten in place,
 * `_stats_history` grows. Owned by one timer thread that calls {@link #write} every {@link #INTERVAL_SECONDS}; that
 * thread, or another after it has ended, calls {@link #close}. Each write reaches the files at once, and closing writes
 * the final state, so that the last second of a run is not missing.
 */
public final class CsvFiles {
  public static final double INTERVAL_SECONDS = 1.0;

  private final StatsCsv csv;
  private final boolean fullHistory;
  private final FileChannel requests;
  private final FileChannel history;
  private final FileChannel failures;
  private final FileChannel exceptions;
  private long lastSecond = -1;

  private CsvFiles(StatsCsv csv, boolean fullHistory, FileChannel... files) {
    this.csv = csv;
    this.fullHistory = fullHistory;
    this.requests = files[0];
    this.history = files[1];
    this.failures = files[2];
    this.exceptions = files[3];
  }

  /**
   * Creates or empties the four files, their folders too, and writes the history's header.
   *
   * @param prefix path whose last part is the beginning of the four names
   */
  public static CsvFiles open(StatsCsv csv, String prefix, boolean fullHistory) throws IOException {
    Path folder = Path.of(prefix + "_stats.csv").toAbsolutePath().getParent();
    Files.createDirectories(folder);
    FileChannel[] files = new FileChannel[4];
    String[] kinds = {"_stats.csv", "_stats_history.csv", "_failures.csv", "_exceptions.csv"};
    try {
      for (int i = 0; i < files.length; i++) {
        files[i] = FileChannel.open(Path.of(prefix + kinds[i]),
            StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
      }
      StringBuilder header = new StringBuilder();
      csv.historyHeader(header);
      writeAt(files[1], 0, header);
    } catch (IOException e) {
      closeAll(files);
      throw e;
    }
    return new CsvFiles(csv, fullHistory, files);
  }

  /** Brings all files up to date. */
  public void write(long users, double now) throws IOException {
    StringBuilder rows = new StringBuilder();
    csv.historyRows(rows, fullHistory, users, now);
    writeAt(history, history.size(), rows);
    lastSecond = (long) now;
    rewriteStates();
  }

  /** Writes the final state (with a history row if this second has none) and closes the files. */
  public void close(long users, double now) throws IOException {
    try {
      if ((long) now > lastSecond) {
        write(users, now);
      } else {
        rewriteStates();
      }
    } finally {
      closeAll(requests, history, failures, exceptions);
    }
  }

  private void rewriteStates() throws IOException {
    StringBuilder text = new StringBuilder();
    csv.requests(text);
    rewrite(requests, text);
    text.setLength(0);
    csv.failures(text);
    rewrite(failures, text);
    text.setLength(0);
    csv.exceptions(text);
    rewrite(exceptions, text);
  }

  private static void rewrite(FileChannel file, CharSequence text) throws IOException {
    file.truncate(writeAt(file, 0, text));
  }

  private static long writeAt(FileChannel file, long start, CharSequence text) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.toString());
    long position = start;
    while (bytes.hasRemaining()) {
      position += file.write(bytes, position);
    }
    return position;
  }

  private static void closeAll(FileChannel... files) throws IOException {
    for (FileChannel file : files) {
      if (file != null) {
        file.close();
      }
    }
  }
}
