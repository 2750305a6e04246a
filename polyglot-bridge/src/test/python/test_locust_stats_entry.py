"""Rows of statistics that a program counts itself (python-api.md, locust.stats), and log messages that do not format."""
import unittest

from locust.stats import RequestStats, StatsEntry, StatsError, bucket_response_time, stats_history, stats_printer


class FreeEntryTest(unittest.TestCase):
    def entry(self, *times):
        entry = StatsEntry(RequestStats(), "a", "GET")
        for time in times:
            entry.log(time, 2)
        return entry

    def test_it_counts_and_rounds_as_locust_does(self):
        entry = self.entry(122, 992, 142, None)
        entry.log_error("x")
        self.assertEqual((4, 1, 1, 122, 992, 8), (entry.num_requests, entry.num_none_requests, entry.num_failures,
                         entry.min_response_time, entry.max_response_time, entry.total_content_length))
        self.assertEqual({120: 1, 990: 1, 140: 1}, entry.response_times)
        self.assertEqual((140, 990, 418 + 2 / 3), (entry.median_response_time, entry.get_response_time_percentile(1.0),
                                                  entry.avg_response_time))
        self.assertEqual((0.25, [99, 110, 1200, 12000]), (entry.fail_ratio, [bucket_response_time(t) for t in (
            99.4, 114, 1249, 12499)]))

    def test_rows_are_brought_together_and_travel(self):
        one, other = self.entry(12, 38), self.entry(99)
        one.extend(StatsEntry.unserialize(other.serialize(), None))
        self.assertEqual((3, 12, 99, {12: 1, 38: 1, 99: 1}), (one.num_requests, one.min_response_time,
                         one.max_response_time, one.response_times))
        self.assertEqual((3, 0), (one.get_stripped_report()["num_requests"], one.num_requests))
        self.assertIsNone(one.last_request_timestamp)

    def test_rows_of_a_run_are_of_the_same_type_and_counted_through_the_statistics(self):
        stats = RequestStats()
        stats.log_request("GET", "/a", 5, 1)
        row = stats.get("/a", "GET")
        self.assertIsInstance(row, StatsEntry)
        self.assertEqual((1, 1), (row.num_requests, row.to_dict()["num_requests"]))
        with self.assertRaises(TypeError):
            row.log(5, 1)
        own = StatsEntry(stats, "sum", "GET")
        own.extend(row)
        self.assertEqual({5: 1}, own.response_times)

    def test_printing_functions_can_be_imported(self):
        self.assertTrue(callable(stats_printer) and callable(stats_history))


class ErrorTest(unittest.TestCase):
    """StatsError as a library (python-api.md, locust.stats)."""

    def test_kinds_are_told_apart_by_texts_without_addresses(self):
        one, other = ValueError("<x object at 0x7f01>"), ValueError("<x object at 0x7f02>")
        self.assertEqual("ValueError('<x object at 0x....>')", StatsError.parse_error(one))
        self.assertEqual(StatsError.create_key("GET", "/", one), StatsError.create_key("GET", "/", other))
        self.assertNotEqual(StatsError.create_key("GET", "/", one), StatsError.create_key("GET", "/a", one))

    def test_one_of_a_programs_own_counts_and_travels(self):
        error = StatsError("GET", "/", "CatchResponseError('no')")
        self.assertEqual("GET /: 'no'", error.to_name())
        error.occurred()
        error.occurred()
        self.assertEqual(2, error.occurrences)
        self.assertLessEqual(error.first_seen, error.last_seen)
        self.assertEqual(error.serialize(), StatsError.unserialize(error.serialize()).serialize())

    def test_one_that_was_counted_has_its_times(self):
        stats = RequestStats()
        stats.log_error("GET", "/a", ValueError("x"))
        error, = stats.errors.values()
        self.assertEqual(("GET", "/a", "ValueError('x')", 1), (error.method, error.name, error.error, error.occurrences))
        self.assertGreater(error.first_seen, 1e9)
        self.assertEqual([StatsError.create_key("GET", "/a", ValueError("x"))], list(stats.errors))


class SecondsTest(unittest.TestCase):
    def test_a_row_of_a_run_has_its_counters_by_number(self):
        stats = RequestStats()
        for name, time in (("/a", 12), ("/a", 12), ("/b", 30)):
            stats.log_request("GET", name, time, 3)
        stats.log_error("GET", "/a", "broken")
        self.assertEqual({12: 2}, stats.get("/a", "GET").response_times)
        self.assertEqual({12: 2, 30: 1}, stats.total.response_times)
        self.assertEqual(2, sum(stats.get("/a", "GET").num_reqs_per_sec.values()))
        self.assertEqual(3, sum(stats.total.num_reqs_per_sec.values()))
        self.assertEqual(1, sum(stats.total.num_fail_per_sec.values()))
        self.assertEqual({}, stats.get("/b", "GET").num_fail_per_sec)

    def test_a_row_of_ones_own_keeps_the_last_hour_second_by_second(self):
        old, row = StatsEntry(RequestStats(), "a", "GET"), StatsEntry(RequestStats(), "a", "GET")
        old.num_reqs_per_sec = {second: 1 for second in range(5000)}
        row.extend(old)
        self.assertEqual(list(range(1400, 5000)), list(row.num_reqs_per_sec))


class LogMessageTest(unittest.TestCase):
    def test_a_message_that_does_not_fit_its_arguments_is_raised_as_by_locust(self):
        import io
        import logging
        import sys
        import _katydid_logging
        root = logging.getLogger()
        handlers, level = list(root.handlers), root.level
        _katydid_logging._settings["level"] = "INFO"
        error, sys.stderr = sys.stderr, io.StringIO()
        try:
            _katydid_logging._apply(logging)
            with self.assertRaises(TypeError):
                logging.info("Login token", "x")
            self.assertIn("Logging error", sys.stderr.getvalue())
        finally:
            sys.stderr = error
            root.handlers[:] = handlers
            root.setLevel(level)
