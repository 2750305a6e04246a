"""Statistics as locustfiles read them; they are counted in Java (python-api.md A13)."""
import _katydid
import _katydid_log as _log

STATS_NAME_WIDTH = 80
STATS_TYPE_WIDTH = 8
STATS_AUTORESIZE = True
CSV_STATS_INTERVAL_SEC = 1
CSV_STATS_FLUSH_INTERVAL_SEC = 10
CONSOLE_STATS_INTERVAL_SEC = 2
HISTORY_STATS_INTERVAL_SEC = 5
CURRENT_RESPONSE_TIME_PERCENTILE_WINDOW = 10
PERCENTILES_TO_REPORT = [0.50, 0.66, 0.75, 0.80, 0.90, 0.95, 0.98, 0.99, 0.999, 0.9999, 1.0]
PERCENTILES_TO_STATISTICS = [0.95, 0.99]
PERCENTILES_TO_CHART = [0.50, 0.95]
MODERN_UI_PERCENTILES_TO_CHART = [0.50, 0.95]


class StatsEntry:
    """One row: reads the row's present numbers in Java at every access."""

    def __init__(self, java):
        self._java = java

    @property
    def _now(self):
        return self._java.snapshot()

    name = property(lambda self: self._java.name())
    method = property(lambda self: self._java.method())
    num_requests = property(lambda self: self._now.requests())
    num_none_requests = property(lambda self: self._now.requestsWithoutTime())
    num_failures = property(lambda self: self._now.failures())
    total_response_time = property(lambda self: self._now.totalResponseTime())
    min_response_time = property(lambda self: self._now.minResponseTime())
    max_response_time = property(lambda self: self._now.maxResponseTime())
    total_content_length = property(lambda self: self._now.totalContentLength())
    start_time = property(lambda self: self._now.startTime())
    fail_ratio = property(lambda self: self._now.failRatio())
    avg_response_time = property(lambda self: self._now.averageResponseTime())
    median_response_time = property(lambda self: self._now.medianResponseTime())
    current_rps = property(lambda self: self._now.currentRps())
    current_fail_per_sec = property(lambda self: self._now.currentFailuresPerSecond())
    total_rps = property(lambda self: self._now.totalRps())
    total_fail_per_sec = property(lambda self: self._now.totalFailuresPerSecond())
    avg_content_length = property(lambda self: self._now.averageContentLength())

    @property
    def last_request_timestamp(self):
        stamp = self._now.lastRequestTimestamp()
        return None if stamp != stamp else stamp

    def get_response_time_percentile(self, percent):
        """Milliseconds at or under which this share of the requests took; percent is 0 to 1."""
        return self._now.percentile(percent)

    def get_current_response_time_percentile(self, percent):
        import time
        values = self._java.currentPercentiles([percent], time.time())
        return None if values is None else values[0]

    @property
    def response_times(self):
        """Locust's rounded buckets: milliseconds -> requests."""
        return self._fields()["response_times"]

    @property
    def num_reqs_per_sec(self):
        return self._fields()["num_reqs_per_sec"]

    @property
    def num_fail_per_sec(self):
        return self._fields()["num_fail_per_sec"]

    def _fields(self):
        tree = self._java.tree()
        return {key: dict((k, tree[key][k]) for k in tree[key])
                for key in ("response_times", "num_reqs_per_sec", "num_fail_per_sec")}

    def to_string(self, current=True):
        now = self._now
        rps, fails = (now.currentRps(), now.currentFailuresPerSecond()) if current else (
            now.totalRps(), now.totalFailuresPerSecond())
        requests = now.requests()
        ratio = 100.0 * now.failures() / requests if requests else 0
        width = max(STATS_NAME_WIDTH - STATS_TYPE_WIDTH + 4, 0)
        return "%-*s %-*s %7d %12s |%7d %7d %7d%7d | %7.2f %11.2f" % (
            STATS_TYPE_WIDTH, (self.method and self.method + " ") or "", width, self.name, requests,
            "%d(%.2f%%)" % (now.failures(), ratio), now.averageResponseTime(), now.minResponseTime() or 0,
            now.maxResponseTime(), now.medianResponseTime() or 0, rps or 0, fails or 0)

    def __repr__(self):
        return f"<StatsEntry {self.method} {self.name}: {self.num_requests} requests, {self.num_failures} failures>"


class StatsError:
    """One kind of failure."""

    def __init__(self, java):
        self._java = java

    method = property(lambda self: self._java.method())
    name = property(lambda self: self._java.name())
    error = property(lambda self: self._java.error())
    occurrences = property(lambda self: self._java.occurrences())

    def to_name(self):
        return self._java.displayText()

    def to_dict(self):
        return {"method": self.method, "name": self.name, "error": self.error, "occurrences": self.occurrences}


class _Entries:
    """Entries by (name, method); reading a missing one creates it, as in Locust."""

    def __init__(self, stats):
        self._stats = stats

    def _all(self):
        return {(entry.name(), entry.method()): StatsEntry(entry) for entry in self._stats._java.entries()}

    def __getitem__(self, key):
        return self._stats.get(*key)

    def get(self, key, default=None):
        return self._all().get(key, default)

    def __contains__(self, key):
        return key in self._all()

    def __iter__(self):
        return iter(self._all())

    def __len__(self):
        return len(self._all())

    def keys(self):
        return self._all().keys()

    def values(self):
        return self._all().values()

    def items(self):
        return self._all().items()


class RequestStats:
    """The statistics of the run."""

    def __init__(self, use_response_times_cache=True):
        port = _katydid.port()
        self._java = port.stats() if port is not None else _katydid.new_stats()

    @property
    def entries(self):
        return _Entries(self)

    @property
    def total(self):
        return StatsEntry(self._java.total())

    @property
    def errors(self):
        return {error.key(): StatsError(error) for error in self._java.errors()}

    @property
    def history(self):
        return [{"time": row.time(), "user_count": row.users()} for row in self._java.history().rows()]

    num_requests = property(lambda self: self.total.num_requests)
    num_failures = property(lambda self: self.total.num_failures)
    num_none_requests = property(lambda self: self.total.num_none_requests)
    last_request_timestamp = property(lambda self: self.total.last_request_timestamp)
    start_time = property(lambda self: self.total.start_time)

    def get(self, name, method):
        import time
        return StatsEntry(self._java.get(name, method, time.time()))

    def log_request(self, method, name, response_time, content_length):
        _log.record_request(method, name, response_time, content_length, None)

    def log_error(self, method, name, error):
        import time
        text = error if isinstance(error, str) else repr(error)
        self._java.logError(method, name, text, text, time.time())

    def reset_all(self):
        import time
        self._java.resetAll(time.time())

    def clear_all(self):
        import time
        self._java.clearAll(time.time())


def __getattr__(name):
    if name == "global_stats":
        from ._legacy import stats_name
        return stats_name(name)
    raise AttributeError(f"module 'locust.stats' has no attribute '{name}'")


def sort_stats(stats):
    return [stats[key] for key in sorted(stats)]


def get_readable_percentiles(percentile_list):
    return [f"{int(p * 100) if (p * 100).is_integer() else round(100 * p, 6)}%" for p in percentile_list]


def stats_printer(stats):
    """A function that prints the table every two seconds; to be run in a greenlet."""

    def printer():
        while True:
            print_stats(stats)
            if _katydid.sleep(CONSOLE_STATS_INTERVAL_SEC):
                return

    return printer


def print_stats(stats, current=True):
    for entry in stats.entries.values():
        print(entry.to_string(current=current))
    print(stats.total.to_string(current=current))
