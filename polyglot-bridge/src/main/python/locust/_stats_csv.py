"""The statistics as CSV tables, for programs that write them themselves: names of the module `locust.stats`, imported when
one is asked for. The option --csv is Java's."""
import csv
import time

import _katydid
from greenlet import GreenletExit

from . import stats as _stats
from ._stats_text import get_readable_percentiles
from .util.date import format_utc_timestamp

_FILES = ("requests", "stats_history", "failures", "exceptions")


class StatsCSV:
    """Writes the tables of an environment to a csv.writer."""

    failures_columns = ["Method", "Name", "Error", "Occurrences", "First Seen", "Last Seen"]
    exceptions_columns = ["Count", "Message", "Traceback", "Nodes"]

    def __init__(self, environment, percentiles_to_report):
        self.environment = environment
        self.percentiles_to_report = percentiles_to_report
        self.percentiles_na = ["N/A"] * len(percentiles_to_report)
        self.requests_csv_columns = [
            "Type", "Name", "Request Count", "Failure Count", "Median Response Time", "Average Response Time",
            "Min Response Time", "Max Response Time", "Average Content Size", "Requests/s", "Failures/s",
            *get_readable_percentiles(percentiles_to_report)]

    def requests_csv(self, csv_writer):
        """The requests by name, then all."""
        csv_writer.writerow(self.requests_csv_columns)
        self._requests_data_rows(csv_writer)

    def failures_csv(self, csv_writer):
        """The failures by kind."""
        csv_writer.writerow(self.failures_columns)
        self._failures_data_rows(csv_writer)

    def exceptions_csv(self, csv_writer):
        """The exceptions of user code by kind."""
        csv_writer.writerow(self.exceptions_columns)
        self._exceptions_data_rows(csv_writer)

    def close_files(self):
        """There are none."""

    def _requests_data_rows(self, csv_writer):
        stats = self.environment.stats
        for entry in [*_stats.sort_stats(stats.entries), stats.total]:
            csv_writer.writerow([entry.method, entry.name, *_counts(entry), entry.total_rps,
                                 entry.total_fail_per_sec, *self._percentile_fields(entry)])

    def _failures_data_rows(self, csv_writer):
        for error in _stats.sort_stats(self.environment.stats.errors):
            times = ["" if seen is None else format_utc_timestamp(seen) for seen in (error.first_seen, error.last_seen)]
            csv_writer.writerow([error.method, error.name, error.parse_error(error.error), error.occurrences, *times])

    def _exceptions_data_rows(self, csv_writer):
        if self.environment.runner is not None:
            for row in self.environment.runner.exceptions.values():
                csv_writer.writerow([row["count"], row["msg"], row["traceback"], ", ".join(row["nodes"])])

    def _percentile_fields(self, stats_entry, use_current=False):
        if not stats_entry.num_requests:
            return self.percentiles_na
        ask = stats_entry.get_current_response_time_percentile if use_current else stats_entry.get_response_time_percentile
        return [int(ask(percent) or 0) for percent in self.percentiles_to_report]


class StatsCSVFileWriter(StatsCSV):
    """Writes the tables to files again and again; a program runs it in a greenlet, as `gevent.spawn(writer)`."""

    def __init__(self, environment, percentiles_to_report, base_filepath, full_history=False):
        super().__init__(environment, percentiles_to_report)
        self.base_filepath = base_filepath
        self.full_history = full_history
        for table in _FILES:
            end = "_stats" if table == "requests" else "_stats_history" if table == "stats_history" else f"_{table}"
            file = open(f"{base_filepath}{end}.csv", "w", newline="")
            setattr(self, f"{table}_csv_filehandle", file)
            setattr(self, f"{table}_csv_writer", csv.writer(file))
        self.stats_history_csv_columns = [
            "Timestamp", "User Count", "Type", "Name", "Requests/s", "Failures/s",
            *get_readable_percentiles(percentiles_to_report), "Total Request Count", "Total Failure Count",
            "Total Median Response Time", "Total Average Response Time", "Total Min Response Time",
            "Total Max Response Time", "Total Average Content Size"]

    def __call__(self):
        self.stats_writer()

    def stats_writer(self):
        """Writes until the greenlet is killed; the history grows, the other tables are written anew."""
        self.stats_history_csv_writer.writerow(self.stats_history_csv_columns)
        while True:
            self._write(time.time())
            if _katydid.sleep(_stats.CSV_STATS_INTERVAL_SEC):
                raise GreenletExit

    def _write(self, now):
        for table, write in (("requests", self.requests_csv), ("failures", self.failures_csv),
                             ("exceptions", self.exceptions_csv)):
            file = getattr(self, f"{table}_csv_filehandle")
            file.seek(0)
            write(getattr(self, f"{table}_csv_writer"))
            file.truncate()
        self._stats_history_data_rows(self.stats_history_csv_writer, now)
        for table in _FILES:
            getattr(self, f"{table}_csv_filehandle").flush()

    def _stats_history_data_rows(self, csv_writer, now):
        stats = self.environment.stats
        runner = self.environment.runner
        entries = _stats.sort_stats(stats.entries) if self.full_history else []
        for entry in [*entries, stats.total]:
            csv_writer.writerow([
                int(now), 0 if runner is None else runner.user_count, entry.method or "", entry.name,
                f"{entry.current_rps:2f}", f"{entry.current_fail_per_sec:2f}",
                *self._percentile_fields(entry, use_current=self.full_history), *_counts(entry)])

    def requests_flush(self):
        self.requests_csv_filehandle.flush()

    def stats_history_flush(self):
        self.stats_history_csv_filehandle.flush()

    def failures_flush(self):
        self.failures_csv_filehandle.flush()

    def exceptions_flush(self):
        self.exceptions_csv_filehandle.flush()

    def close_files(self):
        for table in _FILES:
            getattr(self, f"{table}_csv_filehandle").close()

    def stats_history_file_name(self):
        return f"{self.base_filepath}_stats_history.csv"


def _counts(entry):
    """The columns that the tables have in common."""
    return [entry.num_requests, entry.num_failures, entry.median_response_time, entry.avg_response_time,
            entry.min_response_time or 0, entry.max_response_time, entry.avg_content_length]
