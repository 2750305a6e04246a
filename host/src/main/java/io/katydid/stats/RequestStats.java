package io.katydid.stats;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The statistics of one process: entries by (name, method), their total, failures, chart history. One per runner. Every
 * method may be called from any thread, virtual or platform.
 *
 * <p>There is one lock, held for a few hundred nanoseconds per request. At 50,000 requests per second that is a
 * percent or two of one core, and waiters are rare; in exchange the total is always the sum of the entries, a report
 * takes every request exactly once, and thousands of names need no stripes. Nothing blocks under the lock, no script
 * code runs under it, and recording to a known name allocates nothing. Reading copies numbers under the lock and
 * computes outside of it.
 */
public final class RequestStats {
  /** The name of the total's row. */
  public static final String TOTAL_NAME = "Aggregated";
  /** So many names (and as many kinds of failures) get a row of their own. */
  public static final int DEFAULT_NAME_LIMIT = 5000;
  /** The response time of a request that has none. */
  public static final double NO_TIME = Double.NaN;
  /** A histogram up to one hour takes up to 188 kB: precise to 0.1%, affordable once. */
  private static final int TOTAL_FINE_DIGITS = 3;
  /** Up to 26 kB, mostly less: precise to 1%, affordable thousands of times. */
  private static final int ENTRY_FINE_DIGITS = 2;
  private static final int LONGEST_NAME_SHOWN = 200;
  /** An entry keeps the last hour second by second, ... */
  private static final int MOST_SECONDS = 3600;
  /** ... less where there are many entries, so that all together keep about so many seconds, ... */
  private static final int SECONDS_OF_ALL = 250_000;
  /** ... but always enough for the rates of now, with reports of workers that are late. */
  private static final int FEWEST_SECONDS = 120;

  private final Object lock = new Object();
  private final int nameLimit;
  private final Consumer<String> warning;
  private final EntryTable entries;
  private final StatsEntry total;
  private final ErrorTable errors;
  private final StatsHistory history = new StatsHistory();
  private volatile BucketRounding rounding = BucketRounding.LOCUST;
  /** Guarded by the lock: the start time of the next entries made. */
  private double creationTime;
  /** Guarded by the lock. */
  private boolean warned;
  /** Guarded by the lock. */
  private long resets;
  /** Guarded by the lock. */
  private boolean closed;

  /**
   * @param keepRecentTimes what current percentiles need; true for a local run and a master, false for a worker
   * @param nameLimit from so many different names on, new ones are counted under `(other)`; at least 1
   * @param now seconds since 1970
   * @param warning gets one sentence when the limit is reached, on the thread that recorded
   */
  public RequestStats(boolean keepRecentTimes, int nameLimit, double now, Consumer<String> warning) {
    if (nameLimit < 1) {
      throw new IllegalArgumentException("The statistics need room for at least one name, not " + nameLimit);
    }
    this.nameLimit = nameLimit;
    this.warning = warning;
    this.creationTime = now;
    this.entries = new EntryTable(nameLimit, (name, method) ->
        new StatsEntry(this, lock, name, method, ENTRY_FINE_DIGITS, keepRecentTimes, this::secondsKeptLocked, creationTime));
    this.errors = new ErrorTable(nameLimit);
    this.total = new StatsEntry(this, lock, TOTAL_NAME, "", TOTAL_FINE_DIGITS, keepRecentTimes, this::secondsKeptLocked, now);
  }

  public RequestStats(boolean keepRecentTimes, double now, Consumer<String> warning) {
    this(keepRecentTimes, DEFAULT_NAME_LIMIT, now, warning);
  }

  /** From now on, response times go to the buckets that this chooses, and percentiles are these buckets. */
  public void setBucketRounding(BucketRounding rounding) {
    this.rounding = rounding;
  }

  /** Who rounds response times himself wants to see them rounded so. */
  boolean showsFinePercentiles() {
    return rounding == BucketRounding.LOCUST;
  }

  /** Records a request whose time is a float in Python. See the other method. */
  public void logRequest(String method, String name, double responseTimeMs, long contentLength, double now) {
    logRequest(method, name, responseTimeMs, false, contentLength, now);
  }

  /**
   * Records a finished request, successful or not.
   *
   * @param responseTimeMs milliseconds, or {@link #NO_TIME}; a time that is not finite counts as none
   * @param whole the time came as a whole number, and reports shall print it as one
   * @param contentLength bytes of the response
   */
  public void logRequest(
      String method, String name, double responseTimeMs, boolean whole, long contentLength, double now) {
    double timeMs = Double.isFinite(responseTimeMs) ? responseTimeMs : NO_TIME;
    long bucket = Double.isNaN(timeMs) ? 0 : rounding.bucketOf(timeMs);
    String sentence;
    synchronized (lock) {
      if (closed) {
        return;
      }
      total.countRequestLocked(timeMs, whole, bucket, contentLength, now);
      entryLocked(name, method, now).countRequestLocked(timeMs, whole, bucket, contentLength, now);
      sentence = warningLocked("");
    }
    warn(sentence);
  }

  /** Records that a request, which is recorded as one too, failed. {@code error} is a text. See the other method. */
  public void logError(String method, String name, String error, double now) {
    logError(method, name, error, null, now);
  }

  /**
   * Records that a request failed.
   *
   * @param error the error's text if it is a text, else Python's repr of it
   * @param shown what reports of a local run show instead, or null to derive it from the error: for an exception its
   *     repr, for a failure that the locustfile declared, what it gave as reason
   */
  public void logError(String method, String name, String error, String shown, double now) {
    String sentence;
    synchronized (lock) {
      if (closed) {
        return;
      }
      total.countersLocked().countFailure(now);
      entryLocked(name, method, now).countersLocked().countFailure(now);
      errors.count(method, name, error, shown, now);
      sentence = warningLocked("");
    }
    warn(sentence);
  }

  /** From now on nothing is counted any more: all that is written about the run says the same. */
  public void close() {
    synchronized (lock) {
      closed = true;
    }
  }

  private int secondsKeptLocked() {
    return Math.clamp(SECONDS_OF_ALL / (entries.inOrder().size() + 1), FEWEST_SECONDS, MOST_SECONDS);
  }

  private StatsEntry entryLocked(String name, String method, double now) {
    creationTime = now;
    return entries.entry(name, method);
  }

  /** @param source empty, or where the name came from */
  private String warningLocked(String source) {
    if (warned || entries.firstRefused() == null) {
      return null;
    }
    warned = true;
    int length = entries.firstRefused().length();
    if (length > EntryTable.LONGEST_NAME) {
      return "The request name \"" + shortened(entries.firstRefused()) + "\"" + source + " has " + length
          + " characters: it, and all others as long, are counted together as \"" + EntryTable.OTHER_NAME
          + "\". Give requests a short name (name=...).";
    }
    if (!entries.full()) {
      return "The request names together have more than " + EntryTable.MOST_CHARACTERS + " characters: \""
          + shortened(entries.firstRefused()) + "\"" + source + " and all further new ones are counted together as \""
          + EntryTable.OTHER_NAME + "\". Give requests a short name (name=...).";
    }
    return "More than " + nameLimit + " different request names: \"" + shortened(entries.firstRefused()) + "\"" + source
        + " and all further new ones are counted together as \"" + EntryTable.OTHER_NAME
        + "\". Give requests that belong together one name (name=...).";
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST_NAME_SHOWN ? name : name.substring(0, LONGEST_NAME_SHOWN) + "...";
  }

  private void warn(String sentence) {
    if (sentence != null) {
      warning.accept(sentence);
    }
  }

  /** The sum of everything; the same object for the life of the statistics. */
  public StatsEntry total() {
    return total;
  }

  /** The entry, created if there is none (the row for all others if there are too many). */
  public StatsEntry get(String name, String method, double now) {
    StatsEntry entry;
    String sentence;
    synchronized (lock) {
      entry = entryLocked(name, method, now);
      sentence = warningLocked("");
    }
    warn(sentence);
    return entry;
  }

  /** The entry, or null. */
  public StatsEntry find(String name, String method) {
    synchronized (lock) {
      return entries.find(name, method);
    }
  }

  /** The entries in order of creation; a copy. */
  public List<StatsEntry> entries() {
    synchronized (lock) {
      return new ArrayList<>(entries.inOrder());
    }
  }

  /** The entries by name, then method: the order of all reports. A copy. */
  public List<StatsEntry> sortedEntries() {
    List<StatsEntry> sorted = entries();
    sorted.sort(EntryOrder.BY_NAME_THEN_METHOD);
    return sorted;
  }

  /** What some entries have counted together, under the total's name: a copy that nothing is added to any more. */
  public StatsEntry sum(Collection<StatsEntry> some, double now) {
    StatsEntry sum =
        new StatsEntry(this, lock, TOTAL_NAME, "", ENTRY_FINE_DIGITS, false, this::secondsKeptLocked, now);
    for (StatsEntry entry : some) {
      synchronized (lock) {
        sum.extendLocked(entry.countersLocked());
      }
    }
    return sum;
  }

  /** The failures in order of first arrival; copies. */
  public List<StatsError> errors() {
    synchronized (lock) {
      return errors.copies();
    }
  }

  /** The failures by key: the order of CSV and HTML reports. Copies. */
  public List<StatsError> errorsByKey() {
    List<StatsError> sorted = errors();
    sorted.sort(Comparator.comparing(StatsError::key, EntryOrder.BY_CODE_POINT));
    return sorted;
  }

  public StatsHistory history() {
    return history;
  }

  /** Sets everything to zero but keeps the entries (`--reset-stats`, the page's reset). */
  public void resetAll(double now) {
    synchronized (lock) {
      total.resetLocked(now);
      for (StatsEntry entry : entries.inOrder()) {
        entry.resetLocked(now);
      }
      errors.clear();
      resets++;
    }
    history.clear();
  }

  /** How often {@link #resetAll} was called, by whomever: the command line, the page, the locustfile. */
  public long resets() {
    synchronized (lock) {
      return resets;
    }
  }

  /** Forgets everything, entries included: the start of a run. */
  public void clearAll(double now) {
    synchronized (lock) {
      total.resetLocked(now);
      entries.clear();
      errors.clear();
      warned = false;
    }
    history.clear();
  }

  /**
   * What was counted since the last report, as the "stats", "stats_total" and "errors" of a stats message; counting
   * starts from zero again. Each request is in exactly one report.
   */
  public Map<String, Object> takeReport(double now) {
    List<StatsEntry> taken = new ArrayList<>();
    List<EntryCounters> counters = new ArrayList<>();
    EntryCounters totalCounters;
    List<StatsError> failures;
    synchronized (lock) {
      for (StatsEntry entry : entries.inOrder()) {
        if (!entry.countersLocked().empty()) {
          taken.add(entry);
          counters.add(entry.resetLocked(now));
        }
      }
      totalCounters = total.resetLocked(now);
      failures = errors.copies();
      errors.clear();
    }
    List<Map<String, Object>> stats = new ArrayList<>(taken.size());
    for (int i = 0; i < taken.size(); i++) {
      stats.add(ReportTree.entryWithHistogram(taken.get(i).name(), taken.get(i).method(), counters.get(i)));
    }
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("stats", stats);
    report.put("stats_total", ReportTree.entryWithHistogram(TOTAL_NAME, "", totalCounters));
    report.put("errors", ReportTree.errors(failures));
    return report;
  }

  /**
   * Adds a worker's report. Whole numbers may be any {@link Number}.
   *
   * @param workerId whose report it is, for the warning about too many names
   * @throws ReportFormatException if it is not a report; nothing has been counted then
   */
  public void mergeReport(String workerId, Map<?, ?> message, double now) throws ReportFormatException {
    WorkerReport report = new WorkerReport(message, now);
    String sentence;
    synchronized (lock) {
      if (closed) {
        return;
      }
      for (WorkerReport.Entry entry : report.entries) {
        entryLocked(entry.name(), entry.method(), now).extendLocked(entry.counters());
      }
      for (StatsError error : report.errors) {
        errors.add(error);
      }
      total.extendLocked(report.total);
      sentence = warningLocked(" of worker " + workerId);
    }
    warn(sentence);
  }

  /** The entries with requests or failures, in order of creation, as maps of the wire's fields; nothing is reset. */
  public List<Map<String, Object>> entryTrees() {
    List<Map<String, Object>> trees = new ArrayList<>();
    for (StatsEntry entry : entries()) {
      synchronized (lock) {
        if (!entry.countersLocked().empty()) {
          trees.add(entry.tree());
        }
      }
    }
    return trees;
  }
}
