"""Every name that locustfiles are known to import exists (python-api.md part B)."""
import importlib
import unittest

NAMES = {
    "locust": "FastHttpUser HttpUser LoadTestShape MarkovTaskSet SequentialTaskSet TaskSet User __version__ between "
              "constant constant_pacing constant_throughput events poisson run_single_user tag task transition "
              "transitions wait_time",
    "locust.argument_parser": "LocustArgumentParser parse_options",
    "locust.clients": "HttpSession ResponseContextManager LocustHttpAdapter RestResponseContextManager",
    "locust.contrib.csv_request_logger": "CsvRequestLogger CSV_COLUMNS",
    "locust.contrib.fasthttp": "FastHttpSession FastHttpUser FastResponse ErrorResponse LocustBadStatusCode "
                               "ResponseContextManager RestResponseContextManager LocustUserAgent",
    "locust.debug": "PrintListener run_single_user",
    "locust.dispatch": "UsersDispatcher",
    "locust.env": "Environment LocalRunner MasterRunner WorkerRunner Runner RequestStats StatsCSV TaskSet User WebUI "
                  "LoadTestShape UsersDispatcher filter_tasks_by_tags",
    "locust.event": "EventHook Events",
    "locust.exception": "LocustError ResponseError CatchResponseError MissingWaitTimeError InterruptTaskSet StopTest "
                        "StopUser RescheduleTask RescheduleTaskImmediately RPCError RPCSendError RPCReceiveError "
                        "RunnerAlreadyExistsError",
    "locust.html": "PERCENTILES_FOR_HTML_REPORT get_html_report process_html_filename format_utc_timestamp get_ratio "
                   "MasterRunner STATE_STOPPED STATE_STOPPING",
    "locust.log": "setup_logging greenlet_exception_logger HOSTNAME unhandled_greenlet_exception",
    "locust.main": "version COMMON_OPTIONS create_environment main load_locustfile Environment get_parser setup_logging "
                   "print_task_ratio get_html_report",
    "locust.rpc.protocol": "Message",
    "locust.runners": "STATE_INIT STATE_SPAWNING STATE_RUNNING STATE_CLEANUP STATE_STOPPING STATE_STOPPED STATE_MISSING "
                      "Runner LocalRunner DistributedRunner MasterRunner WorkerRunner WorkerNode WorkerNodes "
                      "HEARTBEAT_INTERVAL HEARTBEAT_LIVENESS CPU_MONITOR_INTERVAL RequestStats StatsError StopTest "
                      "UsersDispatcher LOCUST_STATE_STOPPING RPCError RPCSendError RPCReceiveError "
                      "setup_distributed_stats_event_listeners",
    "locust.shape": "LoadTestShape",
    "locust.stats": "RequestStats StatsEntry StatsError stats_printer stats_history print_stats print_percentile_stats "
                    "print_error_report sort_stats get_readable_percentiles PERCENTILES_TO_REPORT "
                    "PERCENTILES_TO_CHART PERCENTILES_TO_STATISTICS CONSOLE_STATS_INTERVAL_SEC "
                    "CSV_STATS_INTERVAL_SEC StatsCSV StatsCSVFileWriter calculate_response_time_percentile "
                    "diff_response_time_dicts get_stats_summary get_percentile_stats_summary "
                    "get_error_report_summary print_stats_json proper_round format_utc_timestamp save_stats_json "
                    "CatchResponseError",
    "locust.user": "TaskSet tag task User HttpUser",
    "locust.user.inspectuser": "get_ratio print_task_ratio print_task_ratio_json",
    "locust.user.markov_taskset": "MarkovTaskSet transition transitions NoMarkovTasksError is_markov_task",
    "locust.user.sequential_taskset": "SequentialTaskSet SequentialTaskSetMeta",
    "locust.user.task": "TaskSet TaskSetMeta DefaultTaskSet task tag filter_tasks_by_tags LOCUST_STATE_RUNNING "
                        "LOCUST_STATE_STOPPING LOCUST_STATE_WAITING",
    "locust.user.users": "User UserMeta HttpUser HttpSession TaskSet CatchResponseError RestResponseContextManager",
    "locust.user.wait_time": "between constant constant_pacing constant_throughput poisson",
    "locust.util.cache": "memoize",
    "locust.util.date": "format_utc_timestamp format_safe_timestamp format_duration",
    "locust.util.directory": "get_abspaths_in",
    "locust.util.exception_handler": "retry",
    "locust.util.load_locustfile": "is_user_class is_shape_class load_locustfile",
    "locust.util.rounding": "proper_round",
    "locust.util.timespan": "parse_timespan",
    "locust.util.url": "is_url",
    "locust.web": "WebUI HttpUser MasterRunner get_html_report parse_timespan STATE_MISSING STATE_RUNNING",
    "urllib3.connection": "HTTPConnection HTTPSConnection VerifiedHTTPSConnection",
}


class NamesTest(unittest.TestCase):
    def test_all_names_can_be_imported(self):
        missing = []
        for module, names in NAMES.items():
            loaded = importlib.import_module(module)
            missing += [f"{module}.{name}" for name in names.split() if not hasattr(loaded, name)]
        self.assertEqual([], missing)

    def test_a_name_that_locust_does_not_have_either(self):
        for module in ("locust.user.users", "locust.html", "locust.env", "locust.web", "locust.stats"):
            with self.assertRaisesRegex(AttributeError, f"module '{module}' has no attribute 'nothing'"):
                importlib.import_module(module).nothing


class UtilTest(unittest.TestCase):
    def test_time_spans(self):
        from locust.util.timespan import parse_timespan
        self.assertEqual([20, 20, 4800, 12610], [parse_timespan(one) for one in ("20", "20s", "1h20m", "3h30m10s")])
        for wrong in ("", "1.5h", "h", "20x"):
            with self.assertRaises(ValueError):
                parse_timespan(wrong)

    def test_dates(self):
        from locust.util.date import format_duration, format_utc_timestamp
        self.assertEqual("2023-11-14T22:13:20Z", format_utc_timestamp(1700000000.5))
        self.assertEqual(["1 hour, 2 minutes and 5 seconds", "5 seconds", "1 day, 3 hours, 46 minutes and 40 seconds"],
                         [format_duration(0, end) for end in (3725, 5, 100000)])

    def test_rounding_is_half_up(self):
        from locust.util.rounding import proper_round
        self.assertEqual((3, 5.6), (proper_round(2.5), proper_round(5.55, 1)))

    def test_urls(self):
        from locust.util.url import is_url
        self.assertEqual([True, True, False, False, False],
                         [is_url(one) for one in ("http://a", "https://a/b.py", "ftp://x", "a/b", "http:/x")])

    def test_memoize_keeps_a_result_until_it_is_cleared(self):
        from locust.util.cache import memoize
        calls = []

        @memoize(timeout=1000)
        def number():
            calls.append(1)
            return len(calls)

        self.assertEqual([1, 1], [number(), number()])
        number.clear_cache()
        self.assertEqual(2, number())

    def test_retry_gives_up_after_the_delays(self):
        from locust.util.exception_handler import retry
        calls = []

        @retry(delays=(0, 0), exception=ValueError)
        def fail():
            calls.append(1)
            raise ValueError("x")

        with self.assertRaises(ValueError):
            fail()
        self.assertEqual(3, len(calls))


class StatsTest(unittest.TestCase):
    def filled(self):
        from locust.stats import RequestStats
        stats = RequestStats()
        for millis in (10, 20, None):
            stats.log_request("GET", "/a", millis, 100)
        stats.log_error("GET", "/a", ValueError("x"))
        return stats

    def test_requests_and_errors_are_counted(self):
        stats = self.filled()
        entry = stats.get("/a", "GET")
        self.assertEqual((3, 1, 1, 15.0, 10, 20), (
            entry.num_requests, entry.num_none_requests, entry.num_failures, entry.avg_response_time,
            entry.min_response_time, entry.max_response_time))
        self.assertEqual({10: 1, 20: 1}, dict(entry.response_times))
        self.assertEqual((3, 1), (stats.total.num_requests, stats.total.num_failures))
        self.assertEqual(["GET /a: ValueError('x')"], [error.to_name() for error in stats.errors.values()])
        self.assertEqual([("/a", "GET")], list(stats.entries))

    def test_rows_and_errors_as_a_worker_reports_them(self):
        stats = self.filled()
        stats.get("/never", "GET")
        rows = stats.serialize_stats()
        self.assertEqual([("/a", 3, 1, {10: 1, 20: 1})], [
            (row["name"], row["num_requests"], row["num_failures"], row["response_times"]) for row in rows])
        error, = stats.serialize_errors().values()
        self.assertLessEqual(error.pop("first_seen"), error.pop("last_seen"))
        self.assertEqual({"method": "GET", "name": "/a", "error": "ValueError('x')", "occurrences": 1}, error)

    def test_tables_have_locusts_lines(self):
        from locust.stats import get_error_report_summary, get_percentile_stats_summary, get_stats_summary
        stats = self.filled()
        table = get_stats_summary(stats, current=False)
        self.assertEqual(5, len(table))
        self.assertTrue(table[2].startswith("GET      /a  "), table[2])
        self.assertIn("  3    1(33.33%) |     15      10      20     20 |", table[2])
        self.assertEqual("Response time percentiles (approximated)", get_percentile_stats_summary(stats)[0])
        self.assertEqual("%-18i %-100s" % (1, "GET /a: ValueError('x')"), get_error_report_summary(stats)[3])

    def test_times_that_nobody_had_are_0(self):
        stats = self.filled()
        self.assertEqual(0, stats.total.response_times[99999])
        self.assertIs(stats, stats.total.stats)

    def test_the_tables_as_csv(self):
        import csv
        import io
        import os
        import tempfile
        from locust.env import Environment
        from locust.stats import StatsCSV, StatsCSVFileWriter
        environment = Environment()
        environment._stats = self.filled()
        out = io.StringIO()
        table = StatsCSV(environment, [0.5, 0.95])
        table.requests_csv(csv.writer(out))
        table.failures_csv(csv.writer(out))
        lines = out.getvalue().splitlines()
        self.assertTrue(lines[0].startswith("Type,Name,Request Count,") and lines[0].endswith("Failures/s,50%,95%"), lines[0])
        self.assertTrue(lines[1].startswith("GET,/a,3,1,") and lines[1].endswith(",20,20"), lines[1])
        self.assertTrue(lines[2].startswith(",Aggregated,3,1,"), lines[2])
        self.assertTrue(lines[4].startswith("GET,/a,ValueError('x'),1,20"), lines[4])
        with tempfile.TemporaryDirectory() as folder:
            writer = StatsCSVFileWriter(environment, [0.5], os.path.join(folder, "mine"), True)
            for _ in range(2):
                writer._write(1700000000)
            writer.close_files()
            with open(os.path.join(folder, "mine_stats.csv")) as file:
                self.assertEqual(3, len(file.readlines()))
            with open(writer.stats_history_file_name()) as file:
                self.assertEqual(["GET,/a", ",Aggregated"] * 2,
                                 [",".join(row[2:4]) for row in csv.reader(file)])

    def test_a_row_as_a_dict(self):
        row = self.filled().get("/a", "GET").to_dict()
        self.assertEqual(("/a", 3, 1, 10, 20), tuple(row[key] for key in (
            "name", "num_requests", "num_failures", "min_response_time", "max_response_time")))

    def test_percentiles_of_buckets(self):
        from locust.stats import calculate_response_time_percentile, diff_response_time_dicts
        self.assertEqual([10, 20], [calculate_response_time_percentile({10: 5, 20: 5}, 10, p) for p in (0.4, 0.5)])
        self.assertEqual({1: 1, 3: 4}, diff_response_time_dicts({1: 2, 3: 4, 5: 1}, {1: 1, 5: 1}))


class TaskRatioTest(unittest.TestCase):
    def test_shares_of_the_class_and_of_the_whole(self):
        from locust import TaskSet, User, task
        from locust.user.inspectuser import get_ratio

        class Inner(TaskSet):
            @task(3)
            def a(self):
                pass

            @task
            def b(self):
                pass

        class Outer(User):
            tasks = {Inner: 1}

            @task
            def z(self):
                pass

        self.assertEqual({"Outer": {"ratio": 1.0, "tasks": {
            "Inner": {"ratio": 0.5, "tasks": {"a": {"ratio": 0.75}, "b": {"ratio": 0.25}}}, "z": {"ratio": 0.5}}}},
            get_ratio([Outer], {"Outer": 2}, False))
        self.assertEqual({"a": {"ratio": 0.375}, "b": {"ratio": 0.125}},
                         get_ratio([Outer], {"Outer": 2}, True)["Outer"]["tasks"]["Inner"]["tasks"])


if __name__ == "__main__":
    unittest.main()
