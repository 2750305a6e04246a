"""Users that only count, for a cluster without a target; each worker prints at its end how often they did."""
from locust import User, constant, events, task
from locust.runners import WorkerRunner

fired = 0


class Counter(User):
    wait_time = constant(0.05)

    @task
    def count(self):
        global fired
        fired += 1
        self.environment.events.request.fire(
            request_type="GET", name="/counted", response_time=5, response_length=3, exception=None, context={})


@events.quitting.add_listener
def tell(environment, **kwargs):
    if isinstance(environment.runner, WorkerRunner):
        print("fired %d" % fired, flush=True)
