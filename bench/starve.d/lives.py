"""What users do in the lives of bench/starve; the environment says which kind this is. Each kind has its class."""
import os
from multiprocessing.pool import ThreadPool

from locust import HttpUser, LoadTestShape, TaskSet, User, constant, constant_pacing, events, task

KIND = os.environ["STARVE_KIND"]
PATH = os.environ["STARVE_PATH"]


class Visitor(HttpUser):
    """Asks all the time."""
    wait_time = constant_pacing(0.2)

    @task
    def page(self):
        self.client.get(PATH)


if KIND == "no-tasks":
    class Idler(User):
        """Has nothing to do: fails at its first task."""
        wait_time = constant(0.1)

if KIND == "fails-at-start":
    class Unlucky(HttpUser):
        """Fails before its first task."""
        def on_start(self):
            raise RuntimeError("no luck")

        @task
        def page(self):
            self.client.get(PATH)

if KIND == "stubborn":
    class Stubborn(HttpUser):
        """Does not want to end."""
        wait_time = constant(0.1)

        @task
        def page(self):
            try:
                self.client.get(PATH)
                sum(range(200_000))
            except BaseException:
                sum(range(200_000))

        def on_stop(self):
            self.client.get(PATH)

if KIND == "nested":
    class Nested(HttpUser):
        """Is in a set of tasks that it leaves now and then."""
        wait_time = constant(0.05)

        @task
        class Inner(TaskSet):
            @task(3)
            def page(self):
                self.client.get(PATH)

            @task
            def leave(self):
                self.interrupt()

if KIND == "pools":
    class Pooled(HttpUser):
        """Makes its requests in threads of its own."""
        wait_time = constant(0.2)

        def on_start(self):
            self.pool = ThreadPool(2)

        @task
        def pages(self):
            self.pool.map(self.client.get, [PATH, PATH])

        def on_stop(self):
            self.pool.terminate()

if KIND == "computes":
    class Busy(User):
        """Lets nobody in for long."""
        wait_time = constant(0.01)

        @task
        def compute(self):
            sum(n * n for n in range(100_000))

if KIND == "shape":
    class UpAndDown(LoadTestShape):
        """Asks for more and fewer users every second."""
        def tick(self):
            seconds = int(self.get_run_time())
            return None if seconds > 8 else ((5, 10) if seconds % 2 == 0 else (1, 10))


@events.quitting.add_listener
def _quitting(**kwargs):
    print("quitting", flush=True)
