"""Statistics as text, for locustfiles that print tables themselves (cli.md section 3). The run's own tables are made in
Java. These are names of the module `locust.stats`, imported when one is asked for."""
from collections import namedtuple

import _katydid
import _katydid_log as _log
from greenlet import GreenletExit

from . import stats as _stats

_TABLES = "locust.stats_logger"


class EntriesDict(dict):
    """The type's name; `stats.entries` reads the run's entries."""


CachedResponseTimes = namedtuple("CachedResponseTimes", "response_times num_requests num_none_requests", defaults=(0,))


def setup_distributed_stats_event_listeners(events, stats):
    """Lets these statistics travel: workers' reports get them, a master's take them in. A run does this itself."""
    from ._runtime import plain
    from .rpc.protocol import to_wire

    def on_report_to_master(client_id, data, **kwargs):
        data.update(plain(stats._java.takeReport(_katydid.stats_time())))

    def on_worker_report(client_id, data, **kwargs):
        stats._java.mergeReport(client_id, to_wire(data), _katydid.stats_time())

    events.report_to_master.add_listener(on_report_to_master)
    events.worker_report.add_listener(on_worker_report)


def avg(values):
    """The mean, 0 of nothing."""
    return sum(values, 0.0) / max(len(values), 1)


def calculate_response_time_percentile(response_times, num_requests, percent):
    """The time at or under which this share of the requests took, from {milliseconds: requests}."""
    wanted = int(num_requests * percent)
    seen = 0
    for time in sorted(response_times, reverse=True):
        seen += response_times[time]
        if num_requests - seen <= wanted:
            return time
    return 0


def bucket_response_time(response_time):
    """The bucket of a response time: two digits of it, whole milliseconds at least."""
    if response_time < 100:
        return round(response_time)
    if response_time < 1000:
        return int(round(response_time, -1))
    if response_time < 10000:
        return int(round(response_time, -2))
    return int(round(response_time, -3))


def validate_stats_configuration():
    """Ends the program with a sentence if the percentiles of this module cannot be used. A run checks them itself."""
    import sys
    for name in ("PERCENTILES_TO_CHART", "PERCENTILES_TO_STATISTICS"):
        values, problem = getattr(_stats, name), None
        if name == "PERCENTILES_TO_CHART" and len(values) > 6:
            problem = f"stats.{name} parameter should be a maximum of 6 parameters"
        elif any(not isinstance(value, float) for value in values):
            problem = f"stats.{name} parameter need to be float"
        elif any(not 0 < value < 1 for value in values):
            problem = f"stats.{name} parameter need to be value between. 0 < percentile < 1 Eg 0.95"
        if problem:
            sys.stderr.write(problem + "\n")
            sys.exit(1)


def diff_response_time_dicts(latest, old):
    """What came on top of `old` in `latest`."""
    return {time: count - old.get(time, 0) for time, count in latest.items() if count - old.get(time, 0)}


def get_readable_percentiles(percentile_list):
    """`50%`, `99.9%`."""
    return [f"{int(p * 100) if (p * 100).is_integer() else round(100 * p, 6)}%" for p in percentile_list]


def _line(columns):
    return "|".join("-" * width for width in columns)


def get_stats_summary(stats, current=True):
    """The lines of the table of requests; rates of now or, if not `current`, of the whole run."""
    width = max(_stats.STATS_NAME_WIDTH - _stats.STATS_TYPE_WIDTH + 4, 0)
    kind = _stats.STATS_TYPE_WIDTH
    rule = _line((kind, width, 7, 13, 7, 7, 7, 7, 8, 11))
    lines = ["%-*s %-*s %7s %12s |%7s %7s %7s%7s | %7s %11s" % (
        kind, "Type", width, "Name", "# reqs", "# fails", "Avg", "Min", "Max", "Med", "req/s", "failures/s"), rule]
    lines += [entry.to_string(current=current) for entry in _stats.sort_stats(stats.entries)]
    return [*lines, rule, stats.total.to_string(current=current)]


def get_percentile_stats_summary(stats):
    """The lines of the table of percentiles."""
    titles = get_readable_percentiles(_stats.PERCENTILES_TO_REPORT)
    kind, width = _stats.STATS_TYPE_WIDTH, _stats.STATS_NAME_WIDTH
    rule = _line((kind, width, 8, *[6] * len(titles)))
    lines = ["Response time percentiles (approximated)",
             ("%-*s %-*s %8s" + " %6s" * len(titles)) % (kind, "Type", width, "Name", *titles, "# reqs"), rule]
    lines += [entry.percentile() for entry in _stats.sort_stats(stats.entries) if entry.response_times]
    lines.append(rule)
    if stats.total.num_requests > stats.total.num_none_requests:
        lines.append(stats.total.percentile())
    return lines


def get_error_report_summary(stats):
    """The lines of the table of errors."""
    rule = _line((18, 80 + _stats.STATS_NAME_WIDTH - 19))
    lines = ["Error report", "%-18s %-100s" % ("# occurrences", "Error"), rule]
    lines += ["%-18i %-100s" % (error.occurrences, error.to_name()) for error in stats.errors.values()]
    return [*lines, rule]


def _print(lines):
    for line in [*lines, ""]:
        _log.log(_log.INFO, _TABLES, line)


def print_stats(stats, current=True):
    """Prints the table of requests."""
    _print(get_stats_summary(stats, current))


def print_percentile_stats(stats):
    """Prints the table of percentiles."""
    _print(get_percentile_stats_summary(stats))


def print_error_report(stats):
    """Prints the errors, if there are any."""
    if stats.errors:
        _print(get_error_report_summary(stats))


def print_stats_json(stats):
    """Prints the entries as JSON."""
    import json
    print(json.dumps([entry.to_dict() for entry in stats.entries.values()], indent=4))


def stats_printer(stats):
    """A function that prints the table every two seconds; to be run in a greenlet."""

    def printer():
        while True:
            print_stats(stats)
            if _katydid.sleep(_stats.CONSOLE_STATS_INTERVAL_SEC):
                raise GreenletExit

    return printer


def save_stats_json(stats, filename):
    """Writes what was counted as JSON to a file of this name with `.json` behind it."""
    import json
    with open(f"{filename}.json", "w") as file:
        json.dump(stats.serialize_stats(), file, indent=4)


def update_stats_history(runner, timestamp=None):
    """Java takes the samples by itself."""


def stats_history(runner):
    """For greenlets of Locust's own samples; here Java takes them, so this only waits until it is killed."""
    while True:
        if _katydid.sleep(_stats.HISTORY_STATS_INTERVAL_SEC):
            raise GreenletExit
