"""Locust as a library: makes its environment and runner itself, follows the run, stops it and reads the results."""
import sys

import gevent
from locust import HttpUser, constant, events, task
from locust.env import Environment
from locust.exception import StopUser
from locust.log import setup_logging
from locust.stats import stats_history, stats_printer

setup_logging("INFO")


class Visitor(HttpUser):
    wait_time = constant(0.01)
    rounds = 0

    def on_start(self):
        self.client.get("/ok", name="on_start")

    @task
    def round(self):
        self.client.get("/json")
        self.client.get("/missing")
        with self.client.get("/ok", name="judged", catch_response=True) as response:
            response.failure("not what was asked for")
        self.rounds += 1
        if self.rounds == 3:
            raise StopUser()


class Waiter(HttpUser):
    fixed_count = 1
    wait_time = constant(60)

    @task
    def once(self):
        self.client.get("/ok", name="waiter")

    def on_stop(self):
        print("waiter stops")


@events.test_start.add_listener
def test_start(environment, **kwargs):
    print("test_start", type(environment.runner).__name__)


@events.test_stop.add_listener
def test_stop(environment, **kwargs):
    print("test_stop", environment.runner.user_count)


@events.spawning_complete.add_listener
def spawned(user_count, **kwargs):
    print("spawning_complete", user_count)


def visitors_are_done():
    while env.runner.user_classes_count["Visitor"] or env.runner.state != "running":
        gevent.sleep(0.1)
    env.runner.quit()


env = Environment(user_classes=[Visitor, Waiter], events=events, host=sys.argv[1])
print("nothing yet:", env.stats.total.num_requests)
runner = env.create_local_runner()
web_ui = env.create_web_ui("127.0.0.1", 0)
env.events.init.fire(environment=env, runner=runner, web_ui=web_ui)
gevent.spawn(stats_printer(env.stats))
gevent.spawn(stats_history, runner)
print(runner.state, runner.user_count)
runner.start(5, spawn_rate=20)
gevent.spawn(visitors_are_done)
runner.greenlet.join()
web_ui.stop()
print(runner.state, runner.user_count, env.stats.total.num_requests, env.stats.total.num_failures)
for (name, method), entry in sorted(env.stats.entries.items()):
    print(method, name, entry.num_requests, entry.num_failures)
for error in sorted(env.stats.errors.values(), key=lambda error: error.name):
    print(error.to_name(), error.occurrences)

second = Environment(user_classes=[Visitor], host=sys.argv[1])
second.create_local_runner().start(1, spawn_rate=1)
while second.stats.get("/missing", "GET").num_requests < 3:
    gevent.sleep(0.1)
second.runner.stop()
print("second", second.runner.state, second.stats.get("/missing", "GET").num_failures, "first", env.stats.total.num_requests)
second.runner.quit()
sys.exit(3 if env.stats.total.fail_ratio > 0.5 else 4)
