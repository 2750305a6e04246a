"""Messages between master and workers. Each worker greets the master when the test starts, is answered personally,
answers that after a pause on a greenlet of its own, and hears with everybody when all have answered. A user on each
worker waits for the answer."""
import datetime

import gevent
from gevent.event import Event
from locust import User, constant, events, task
from locust.runners import MasterRunner, WorkerRunner

answered = Event()
thanked = []


@events.init.add_listener
def register(environment, **kwargs):
    runner = environment.runner
    if isinstance(runner, MasterRunner):
        runner.register_message("greeting", on_greeting)
        runner.register_message("thanks", on_thanks)
    elif isinstance(runner, WorkerRunner):
        runner.register_message("answer", on_answer, concurrent=True)
        runner.register_message("everybody", on_everybody)


@events.test_start.add_listener
def greet(environment, **kwargs):
    runner = environment.runner
    if isinstance(runner, WorkerRunner):
        runner.send_message("greeting", {"index": runner.worker_index, "list": [1, 2.5, None, "\u00fc"], 7: True,
                                         "when": datetime.datetime(2026, 1, 2, 3, 4, 5, 600)})


def on_greeting(environment, msg, **kwargs):
    data = msg.data
    print("greeting %r %r %r %r" % (data["index"], data["list"], data[7], data["when"].microsecond), flush=True)
    environment.runner.send_message("answer", {"to": data["index"], "bytes": b"\x00\xff"}, client_id=msg.node_id)


def on_answer(environment, msg, **kwargs):
    assert msg.data["to"] == environment.runner.worker_index
    gevent.sleep(0.3)
    answered.set()
    environment.runner.send_message("thanks", [msg.data["to"], list(msg.data["bytes"])])


def on_thanks(environment, msg, **kwargs):
    thanked.append(msg.data)
    if len(thanked) == environment.runner.worker_count:
        print("thanks %r" % sorted(thanked), flush=True)
        environment.runner.send_message("everybody", None)


def on_everybody(environment, msg, **kwargs):
    print("everybody %r" % (msg.data,), flush=True)


class Waiter(User):
    """Does nothing but wait for the answer; there is one on each worker."""

    fixed_count = 2
    wait_time = constant(1)

    def on_start(self):
        print("waited %r" % answered.wait(20), flush=True)

    @task
    def nothing(self):
        pass
