"""Users that make no requests and count what they report; each worker says the sum when the test stops."""
import itertools

from locust import User, constant, events, task

reported = itertools.count()


class Counting(User):
    wait_time = constant(0.02)

    @task
    def count(self):
        next(reported)
        self.environment.events.request.fire(request_type="GET", name="/counted", response_time=7, response_length=3,
                                             exception=None, context={})


@events.test_stop.add_listener
def say(environment, **_):
    if type(environment.runner).__name__ == "WorkerRunner":
        print(f"COUNTED {next(reported)}", flush=True)
