"""Takes the place of Locust's `locust.test.testcases` while its tests run on Katydid: the same two classes, with the
runner made when it is first asked for (one run at a time in a process), and a web server in another process."""
import logging
import sys
import unittest

import _katydid_log
import gevent
import locust
import requests
from locust import log
from locust.env import Environment
from locust.event import Events
from locust.test.mock_logging import MockedLoggingHandler


_runners = []
_plain_log = _katydid_log.log


def _log_for_tests(level, name, message, *words, **named):
    """The package's own log lines go to the run's log; these tests look for them in `logging`."""
    _plain_log(level, name, message, *words, **named)
    logging.getLogger(name).log(level, "%s", message)


_katydid_log.log = _log_for_tests


def _one_at_a_time(create):
    """Katydid runs one test at a time in a process: what earlier tests have left is quit first."""
    def call(self, *words, **named):
        quit_all()
        runner = create(self, *words, **named)
        _runners.append(runner)
        return runner
    return call


def quit_all():
    while _runners:
        try:
            _runners.pop().quit()
        except Exception:
            pass


for _name in ("create_local_runner", "create_master_runner", "create_worker_runner"):
    setattr(Environment, _name, _one_at_a_time(getattr(Environment, _name)))


class LocustTestCase(unittest.TestCase):
    server_port = 0

    def setUp(self):
        del sys.argv[1:]
        locust.events = Events()
        self.environment = Environment(events=locust.events, catch_exceptions=False)
        self.runner = self.environment.create_local_runner()
        self._logger_class = MockedLoggingHandler()
        self._logger_class.setLevel(logging.INFO)
        self._root_log_handlers = list(logging.root.handlers)
        for handler in self._root_log_handlers:
            logging.root.removeHandler(handler)
        logging.root.addHandler(self._logger_class)
        logging.root.setLevel(logging.INFO)
        self.mocked_log = MockedLoggingHandler
        log.unhandled_greenlet_exception = False

    def tearDown(self):
        logging.root.removeHandler(self._logger_class)
        for handler in self._root_log_handlers:
            logging.root.addHandler(handler)
        self.mocked_log.reset()
        quit_all()


class WebserverTestCase(LocustTestCase):
    def setUp(self):
        super().setUp()
        self.port = self.server_port
        self._control = f"http://127.0.0.1:{self.port}"
        requests.get(self._control + "/__reset", headers={"Connection": "close"})

    def _counts(self):
        gevent.sleep(0.05)
        text = requests.get(self._control + "/__counts", headers={"Connection": "close"}).text
        return [int(word) for word in text.split()]

    @property
    def connections_count(self):
        return self._counts()[0]

    @property
    def requests_count(self):
        return self._counts()[1]
