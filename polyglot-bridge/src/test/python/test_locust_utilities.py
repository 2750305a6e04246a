"""Small functions of the package that programs use (python-api.md part B): rounding, names of reports, request logs,
sessions of one's own, searching for locustfiles."""
import csv
import os
import tempfile
import types
import unittest

from locust.env import Environment
from locust.event import Events


class UtilityTest(unittest.TestCase):
    def test_whole_numbers_stay_what_they_are_when_rounded(self):
        from locust.util.rounding import proper_round
        self.assertEqual((0.0, 5.0, 3, 2), (proper_round(0, 2), proper_round(5, 2), proper_round(2.5), proper_round(2.05)))

    def test_a_report_s_name_keeps_the_marks_of_what_was_not_given(self):
        from locust.html import process_html_filename
        options = types.SimpleNamespace(num_users=5, spawn_rate=None, run_time=None, html_file="u{u}_r{r}_t{t}.html")
        process_html_filename(options)
        self.assertEqual("u5_r1_t{t}.html", options.html_file)

    def test_a_request_without_a_status_is_logged_with_0(self):
        from locust.contrib.csv_request_logger import CsvRequestLogger
        with tempfile.TemporaryDirectory() as folder:
            environment = Environment(events=Events())
            logger = CsvRequestLogger(os.path.join(folder, "requests.csv"))
            logger.register(environment)
            for response in (None, types.SimpleNamespace(status_code=404)):
                environment.events.request.fire(request_type="GET", name="/a", response_time=1, response_length=2,
                                                exception=None, response=response, context={})
            logger.close()
            with open(logger.filepath, newline="") as file:
                self.assertEqual(["0", "404"], [row["status_code"] for row in csv.DictReader(file)])

    def test_an_environment_names_its_dispatcher(self):
        from locust.dispatch import UsersDispatcher
        self.assertIs(UsersDispatcher, Environment(events=Events()).dispatcher_class)

    def test_a_session_can_be_made_with_an_address_only(self):
        import locust
        from locust.clients import HttpSession
        session = HttpSession("http://127.0.0.1:1")
        self.assertEqual(("http://127.0.0.1:1", locust.events.request), (session.base_url, session.request_event))

    def test_locustfiles_are_found_in_folders_and_mistakes_end_the_program(self):
        from locust.argument_parser import parse_locustfile_paths
        with tempfile.TemporaryDirectory() as folder:
            os.mkdir(os.path.join(folder, "inner"))
            for name in ("a.py", "inner/b.py", "_not.py", "c.txt"):
                with open(os.path.join(folder, name), "w"):
                    pass
            self.assertEqual([os.path.join(folder, "a.py"), os.path.join(folder, "inner", "b.py")],
                             parse_locustfile_paths([folder]))
            for wrong in ("c.txt", "none.py"):
                with self.assertRaises(SystemExit):
                    parse_locustfile_paths([os.path.join(folder, wrong)])
