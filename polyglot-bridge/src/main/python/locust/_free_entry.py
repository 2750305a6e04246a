"""A row of statistics that a program counts itself; the rows of a run are counted in Java (module stats)."""
import time

_MOST_SECONDS = 3600


class StatsEntry:
    """Numbers of one (name, method), counted by log() and log_error() or brought together by extend()."""

    def __init__(self, stats, name, method, use_response_times_cache=False):
        self.stats = stats
        self.name = name
        self.method = method
        self.use_response_times_cache = use_response_times_cache
        self.reset()

    def reset(self):
        self.start_time = time.time()
        self.num_requests = self.num_none_requests = self.num_failures = 0
        self.total_response_time = self.max_response_time = self.total_content_length = 0
        self.min_response_time = self.last_request_timestamp = None
        self.response_times, self.num_reqs_per_sec, self.num_fail_per_sec = {}, {}, {}
        self.response_times_cache = None
        if self.use_response_times_cache:
            from collections import OrderedDict
            self.response_times_cache = OrderedDict()
            self._cache_response_times(int(time.time()))

    def log(self, response_time, content_length):
        """Counts a request; response_time in milliseconds, None = not timed."""
        now = time.time()
        last = self.last_request_timestamp
        if self.use_response_times_cache and last is not None and int(now) > int(last):
            self._cache_response_times(int(now) - 1)
        self.num_requests += 1
        _count_second(self.num_reqs_per_sec, int(now))
        self.last_request_timestamp = now
        self.total_content_length += content_length
        if response_time is None:
            self.num_none_requests += 1
            return
        self.total_response_time += response_time
        self.min_response_time = _least(self.min_response_time, response_time)
        self.max_response_time = max(self.max_response_time, response_time)
        from .stats import bucket_response_time
        _count(self.response_times, bucket_response_time(response_time))

    def log_error(self, error):
        self.num_failures += 1
        _count_second(self.num_fail_per_sec, int(time.time()))

    @property
    def fail_ratio(self):
        return self.num_failures / self.num_requests if self.num_requests else 1.0 if self.num_failures else 0.0

    @property
    def _timed(self):
        return self.num_requests - self.num_none_requests

    @property
    def avg_response_time(self):
        return self.total_response_time / self._timed if self._timed else 0

    @property
    def median_response_time(self):
        if not self.response_times:
            return 0
        median = self.get_response_time_percentile(0.5)
        return max(min(median, self.max_response_time), self.min_response_time or 0)

    def _rate_now(self, per_second):
        last = getattr(getattr(self.stats, "total", None), "last_request_timestamp", None)
        if last is None:
            return 0
        begin = max(int(last) - 12, int(self.stats.start_time or 0))
        counts = [per_second.get(second, 0) for second in range(begin, int(last) - 2)]
        return sum(counts) / len(counts) if counts else 0

    @property
    def current_rps(self):
        return self._rate_now(self.num_reqs_per_sec)

    @property
    def current_fail_per_sec(self):
        return self._rate_now(self.num_fail_per_sec)

    def _rate(self, count):
        begin, last = self.stats.start_time, self.stats.last_request_timestamp
        if not begin or not last:
            begin, last = self.start_time, self.last_request_timestamp
        try:
            return count / max(last - begin, 1e-9)
        except TypeError:
            return 0

    @property
    def total_rps(self):
        return self._rate(self.num_requests)

    @property
    def total_fail_per_sec(self):
        return self._rate(self.num_failures)

    @property
    def avg_content_length(self):
        return self.total_content_length / self.num_requests if self.num_requests else 0

    def extend(self, other):
        """Adds the numbers of another row."""
        for field in ("num_requests", "num_none_requests", "num_failures", "total_response_time", "total_content_length"):
            setattr(self, field, getattr(self, field) + getattr(other, field))
        stamps = [row.last_request_timestamp for row in (self, other) if row.last_request_timestamp is not None]
        self.last_request_timestamp = max(stamps) if stamps else None
        self.start_time = min(self.start_time, other.start_time)
        self.max_response_time = max(self.max_response_time, other.max_response_time)
        if other.min_response_time is not None:
            self.min_response_time = _least(self.min_response_time, other.min_response_time)
        for key, count in other.response_times.items():
            _count(self.response_times, key, count)
        for field in ("num_reqs_per_sec", "num_fail_per_sec"):
            for second, count in getattr(other, field).items():
                _count_second(getattr(self, field), second, count)

    _FIELDS = ("name", "method", "last_request_timestamp", "start_time", "num_requests", "num_none_requests",
               "num_failures", "total_response_time", "max_response_time", "min_response_time", "total_content_length",
               "response_times", "num_reqs_per_sec", "num_fail_per_sec")

    def serialize(self):
        """The row as workers report it."""
        return {field: getattr(self, field) for field in self._FIELDS}

    @classmethod
    def unserialize(cls, data, stats):
        row = StatsEntry(stats, data["name"], data["method"])
        for field in cls._FIELDS:
            setattr(row, field, data[field])
        return row

    def get_stripped_report(self):
        """The row as workers report it; it begins at nothing again."""
        report = self.serialize()
        self.reset()
        return report

    def get_response_time_percentile(self, percent):
        from .stats import calculate_response_time_percentile
        return calculate_response_time_percentile(self.response_times, self._timed, percent)

    def _cache_response_times(self, second):
        """Remembers the buckets at the end of a second; the newest 20 seconds are kept."""
        from . import stats
        self.response_times_cache[second] = stats.CachedResponseTimes(
            dict(self.response_times), self.num_requests, self.num_none_requests)
        while len(self.response_times_cache) > stats.CURRENT_RESPONSE_TIME_PERCENTILE_WINDOW + 10:
            self.response_times_cache.pop(next(iter(self.response_times_cache)))

    def get_current_response_time_percentile(self, percent):
        """As get_response_time_percentile, of the last ten seconds or what comes closest; None if nothing is cached."""
        if not self.use_response_times_cache:
            raise ValueError("StatsEntry.use_response_times_cache must be set to True if we should be able to calculate "
                             "the _current_ response time percentile")
        from . import stats
        window, now = stats.CURRENT_RESPONSE_TIME_PERCENTILE_WINDOW, int(time.time())
        ages = [window] + [age for step in range(1, window - 1) for age in (window + step, window - step)]
        cached = next((self.response_times_cache[now - age] for age in ages if now - age in self.response_times_cache),
                      None)
        if cached is None:
            return None
        return stats.calculate_response_time_percentile(
            stats.diff_response_time_dicts(self.response_times, cached.response_times),
            self._timed - (cached.num_requests - cached.num_none_requests), percent)

    def percentile(self):
        """The row's line of the table of percentiles."""
        from . import stats
        if not self.num_requests:
            raise ValueError("Can't calculate percentile on url with no successful requests")
        values = [int(self.get_response_time_percentile(share)) for share in stats.PERCENTILES_TO_REPORT]
        return ("%-*s %-*s %8d" + " %6d" * len(values)) % (
            stats.STATS_TYPE_WIDTH, self.method or "", stats.STATS_NAME_WIDTH, self.name, *values, self.num_requests)

    def to_dict(self, escape_string_values=False):
        """What the web UI shows of the row."""
        from . import stats
        row = {
            "method": self.method, "name": self.name, "num_requests": self.num_requests,
            "num_failures": self.num_failures, "min_response_time": self.min_response_time or 0,
            "max_response_time": self.max_response_time, "current_rps": self.current_rps or 0,
            "current_fail_per_sec": self.current_fail_per_sec or 0, "avg_response_time": self.avg_response_time,
            "median_response_time": self.median_response_time or 0, "total_rps": self.total_rps,
            "total_fail_per_sec": self.total_fail_per_sec, "avg_content_length": self.avg_content_length}
        for share in stats.PERCENTILES_TO_STATISTICS:
            row[f"response_time_percentile_{share}"] = self.get_response_time_percentile(share) if self._timed else 0
        return row

    def to_string(self, current=True):
        """The row's line of the table of requests."""
        from . import stats
        rps, fails = ((self.current_rps, self.current_fail_per_sec) if current else
                      (self.total_rps, self.total_fail_per_sec))
        width = max(stats.STATS_NAME_WIDTH - stats.STATS_TYPE_WIDTH + 4, 0)
        return "%-*s %-*s %7d %12s |%7d %7d %7d%7d | %7.2f %11.2f" % (
            stats.STATS_TYPE_WIDTH, (self.method and self.method + " ") or "", width, self.name, self.num_requests,
            "%d(%.2f%%)" % (self.num_failures, self.fail_ratio * 100), self.avg_response_time,
            self.min_response_time or 0, self.max_response_time, self.median_response_time or 0, rps or 0, fails or 0)

    def __str__(self):
        return self.to_string()

    def __repr__(self):
        return f"<StatsEntry {self.method} {self.name}: {self.num_requests} requests, {self.num_failures} failures>"


def _count(counts, key, number=1):
    counts[key] = counts.get(key, 0) + number


def _count_second(counts, second, number=1):
    """As _count, but only the last hour's seconds stay: a row may live for weeks."""
    _count(counts, second, number)
    if len(counts) > _MOST_SECONDS:
        del counts[next(iter(counts))]


def _least(known, new):
    return new if known is None else min(known, new)
