"""Prints what a file can read of its run: each line a name and what was found under it."""
import base64
import datetime
import time

import gevent
import psutil
from locust import User, constant, events, task
from locust.html import get_html_report


def tell(name, *values):
    print(name, *values, flush=True)


@events.test_start.add_listener
def begin(environment, **kwargs):
    options = environment.parsed_options
    tell("options", options.num_users, options.spawn_rate, type(options.tags).__name__)


@events.quitting.add_listener
def end(environment, **kwargs):
    tell("final", environment.runner.final_user_classes_count)


class Reader(User):
    wait_time = constant(0.1)
    told = False

    @task
    def read(self):
        hook = self.environment.events.request
        hook.fire(request_type="GET", name="counted", response_time=5.5, response_length=3, exception=None, context={})
        if Reader.told:
            return
        Reader.told = True
        hook.fire(request_type="GET", name="wrong", response_time=datetime.timedelta(seconds=1), response_length=0,
                  exception=None, context={})
        hook.fire(request_type="GET", name="wrong", response_time="12", response_length=0, exception=None, context={})
        runner = self.environment.runner
        tell("usage", runner.current_cpu_usage > 0, runner.current_memory_usage > 10_000_000)
        tell("users", [greenlet.args[0] is self for greenlet in runner.user_greenlets], self.greenlet is gevent.getcurrent())
        report = get_html_report(self.environment)
        tell("report", report.startswith("<!doctype html>"), "counted" in report)
        switches = psutil.Process().num_ctx_switches()
        tell("switches", switches.voluntary > 0, switches.involuntary >= 0)
        times = psutil.Process().cpu_times()
        tell("process_time", abs(time.process_time() - times.user - times.system) < 1, time.process_time_ns() > 0)
        tell("base64", base64.encodestring("user:password").replace("\n", ""))
        runner.quit()
