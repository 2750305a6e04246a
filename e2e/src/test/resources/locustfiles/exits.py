"""Calls sys.exit() in the place that the environment variable WHERE names."""
import os
import sys

import gevent
from locust import LoadTestShape, User, constant, events, task

WHERE = os.environ["WHERE"]


def perhaps(place):
    if place == WHERE:
        sys.exit(3)
    if place == "test_start" and WHERE == "text":
        sys.exit("no host given")


def later():
    gevent.sleep(0.2)
    perhaps("greenlet")


@events.init.add_listener
def init(**_):
    perhaps("init")


@events.test_start.add_listener
def test_start(**_):
    perhaps("test_start")
    gevent.spawn(later)


@events.test_stop.add_listener
def test_stop(**_):
    perhaps("test_stop")


@events.quitting.add_listener
def quitting(**_):
    perhaps("quitting")


if WHERE == "tick":
    class Steps(LoadTestShape):
        def tick(self):
            if self.get_run_time() > 0.5:
                perhaps("tick")
            return 1, 1


class Leaving(User):
    wait_time = constant(0.2)

    def on_stop(self):
        perhaps("on_stop")

    @task
    def leave(self):
        self.environment.events.request.fire(
            request_type="GET", name="/", response_time=1, response_length=1, exception=None, context={})
        perhaps("task")
