"""Statistics as locustfiles read them; they are counted in Java (python-api.md A13)."""
import _katydid

from ._free_entry import StatsEntry

STATS_NAME_WIDTH = 80
STATS_TYPE_WIDTH = 8
STATS_AUTORESIZE = True
CSV_STATS_INTERVAL_SEC = 1
CSV_STATS_FLUSH_INTERVAL_SEC = 5
CONSOLE_STATS_INTERVAL_SEC = 2
HISTORY_STATS_INTERVAL_SEC = 5
CURRENT_RESPONSE_TIME_PERCENTILE_WINDOW = 10
PERCENTILES_TO_REPORT = [0.50, 0.66, 0.75, 0.80, 0.90, 0.95, 0.98, 0.99, 0.999, 0.9999, 1.0]
PERCENTILES_TO_STATISTICS = [0.95, 0.99]
PERCENTILES_TO_CHART = [0.50, 0.95]
MODERN_UI_PERCENTILES_TO_CHART = [0.50, 0.95]


class _RunEntry(StatsEntry):
    """A row of a run: reads the row's present numbers in Java at every access."""

    use_response_times_cache = False

    def __init__(self, java, stats):
        self._java = java
        self.stats = stats

    def reset(self):
        raise _only_all("reset")

    def log(self, response_time, content_length):
        raise _only_all("log")

    def extend(self, other):
        raise _only_all("extend")

    def log_error(self, error):
        raise _only_all("log_error")

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
        values = self._java.currentPercentiles([percent], _katydid.stats_time())
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

    @property
    def _timed(self):
        return self._now.requests() - self._now.requestsWithoutTime()

    def _fields(self):
        """The counters by number. Seconds: the last hour's, or fewer if there are many names."""
        tree = self._java.tree()
        from collections import defaultdict
        return {field: defaultdict(int, {key: tree[field][key] for key in tree[field]})
                for field in ("response_times", "num_reqs_per_sec", "num_fail_per_sec")}


def _only_all(what):
    return TypeError(f"{what}() of a row of the run: its numbers are counted in Java. environment.stats has log_request, "
                     "log_error, reset_all and clear_all")


class StatsError:
    """One kind of failure: how often it has occurred, and when first and last (seconds since 1970, None if unknown)."""

    _shown = None

    def __init__(self, method, name, error, occurrences=0, first_seen=None, last_seen=None):
        self.method = method
        self.name = name
        self.error = error
        self.occurrences = occurrences
        self.first_seen = first_seen
        self.last_seen = last_seen

    @classmethod
    def _of(cls, java):
        """A failure that was counted in Java, as it is now."""
        # A time that is not known is not equal to itself.
        times = [time if time == time else None for time in (java.firstSeen(), java.lastSeen())]
        error = cls(java.method(), java.name(), java.error(), java.occurrences(), *times)
        error._shown = java.displayText()
        return error

    @classmethod
    def parse_error(cls, error):
        """The text that failures of one kind have in common: addresses of objects do not count."""
        import re
        text = error if isinstance(error, str) else repr(error)
        return re.sub(r"(object at )0x[^>]*(?=>)", r"\g<1>0x....", text)

    @classmethod
    def create_key(cls, method, name, error):
        """What tells kinds of failures apart."""
        import hashlib
        return hashlib.sha256(f"{method}.{name}.{cls.parse_error(error)!r}".encode()).hexdigest()

    def occurred(self):
        """Counts one more, now."""
        import time
        self.occurrences += 1
        self.last_seen = time.time()
        if self.first_seen is None:
            self.first_seen = self.last_seen

    def to_name(self):
        """The line of the error report."""
        if self._shown is not None:
            return self._shown
        from .exception import CatchResponseError
        text = self.error
        if isinstance(text, CatchResponseError):
            text = text.args[0]
        elif not isinstance(text, str):
            text = repr(text)
        elif text.startswith("CatchResponseError("):
            text = text[len("CatchResponseError("):-1]
        return f"{self.method} {self.name}: {text}"

    def to_dict(self):
        return {"method": self.method, "name": self.name, "error": self.parse_error(self.error),
                "occurrences": self.occurrences, "first_seen": self.first_seen, "last_seen": self.last_seen}

    serialize = to_dict

    @classmethod
    def unserialize(cls, data):
        return cls(data["method"], data["name"], data["error"], data["occurrences"], data.get("first_seen"),
                   data.get("last_seen"))


class _Entries:
    """Entries by (name, method); reading a missing one creates it, as in Locust."""

    def __init__(self, stats):
        self._stats = stats

    def _all(self):
        return {(entry.name(), entry.method()): _RunEntry(entry, self._stats) for entry in self._stats._java.entries()}

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
    """Statistics of requests: those of an environment are the run's."""

    use_response_times_cache = True

    def __init__(self, use_response_times_cache=True):
        self._java = _katydid.new_stats()

    @classmethod
    def _of(cls, java):
        stats = object.__new__(cls)
        stats._java = java
        return stats

    @property
    def entries(self):
        return _Entries(self)

    @property
    def total(self):
        return _RunEntry(self._java.total(), self)

    @property
    def errors(self):
        return {error.key(): StatsError._of(error) for error in self._java.errors()}

    @property
    def history(self):
        return [{"time": row.time(), "user_count": row.users()} for row in self._java.history().rows()]

    num_requests = property(lambda self: self.total.num_requests)
    num_failures = property(lambda self: self.total.num_failures)
    num_none_requests = property(lambda self: self.total.num_none_requests)
    last_request_timestamp = property(lambda self: self.total.last_request_timestamp)
    start_time = property(lambda self: self.total.start_time)

    def get(self, name, method):
        return _RunEntry(self._java.get(name, method, _katydid.stats_time()), self)

    def log_request(self, method, name, response_time, content_length):
        """Counts a request; response_time in milliseconds, None = not timed."""
        self._java.logRequest(method, name, float("nan") if response_time is None else float(response_time),
                              isinstance(response_time, int), int(content_length or 0), _katydid.stats_time())

    def log_error(self, method, name, error):
        text = error if isinstance(error, str) else repr(error)
        shown = str(error) if type(error).__name__ == "CatchResponseError" else text
        self._java.logError(method, name, text, shown, _katydid.stats_time())

    def serialize_stats(self):
        """The rows that have counted something, as a worker reports them. Unlike Locust's this resets nothing."""
        from ._runtime import plain
        rows = [plain(tree) for tree in self._java.entryTrees()]
        return [row for row in rows if row["num_requests"] or row["num_failures"]]

    def serialize_errors(self):
        return {key: error.to_dict() for key, error in self.errors.items()}

    def reset_all(self):
        self._java.resetAll(_katydid.stats_time())

    def clear_all(self):
        self._java.clearAll(_katydid.stats_time())


def __getattr__(name):
    if name == "global_stats":
        from ._legacy import stats_name
        return stats_name(name)
    if name in ("StatsCSV", "StatsCSVFileWriter"):
        from . import _stats_csv
        return getattr(_stats_csv, name)
    if not name.startswith("_"):
        from . import _stats_text
        if hasattr(_stats_text, name):
            return getattr(_stats_text, name)
    from ._other_names import of_module
    return of_module(__name__, name)


def sort_stats(stats):
    return [stats[key] for key in sorted(stats)]
