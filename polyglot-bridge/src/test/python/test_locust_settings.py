"""The constants of locust.stats that a locustfile may assign."""
import types
import unittest

import locust.stats
from locust import _runtime


class StatsSettingsTest(unittest.TestCase):
    def setUp(self):
        self.kept = {name: getattr(locust.stats, name) for name in ("PERCENTILES_TO_REPORT", "CSV_STATS_INTERVAL_SEC")}

    def tearDown(self):
        for name, value in self.kept.items():
            setattr(locust.stats, name, value)

    def test_what_a_file_assigns_is_what_the_run_gets(self):
        locust.stats.PERCENTILES_TO_REPORT = (0.5, 1)
        locust.stats.CSV_STATS_INTERVAL_SEC = 3
        settings = _runtime.stats_settings()
        self.assertEqual([0.5, 1.0], settings["PERCENTILES_TO_REPORT"])
        self.assertEqual(3.0, settings["CSV_STATS_INTERVAL_SEC"])

    def test_a_value_of_another_kind_is_named(self):
        locust.stats.PERCENTILES_TO_REPORT = 0.5
        with self.assertRaisesRegex(_runtime.LoadError, "stats.PERCENTILES_TO_REPORT must be a list of numbers"):
            _runtime.stats_settings()
        locust.stats.PERCENTILES_TO_REPORT = [0.5]
        locust.stats.CSV_STATS_INTERVAL_SEC = "soon"
        with self.assertRaisesRegex(_runtime.LoadError, "stats.CSV_STATS_INTERVAL_SEC must be a number of seconds"):
            _runtime.stats_settings()


class SetOptionTest(unittest.TestCase):
    """An option that the form of the web UI changes (web-api.md, `/swarm`)."""

    def setUp(self):
        self.kept = _runtime._state.options, _runtime._state.environment

    def tearDown(self):
        _runtime._state.options, _runtime._state.environment = self.kept

    def test_the_profile_is_the_environments_too(self):
        _runtime._state.options, _runtime._state.environment = types.SimpleNamespace(), types.SimpleNamespace()
        _runtime.set_option("profile", "checkout")
        self.assertEqual("checkout", _runtime._state.options.profile)
        self.assertEqual("checkout", _runtime._state.environment.profile)
        _runtime.set_option("profile", "")
        self.assertIsNone(_runtime._state.environment.profile)
