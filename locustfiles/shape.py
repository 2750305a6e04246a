"""A load that changes over time. The test ends when tick() returns None.

    ./katydid -f locustfiles/shape.py -H http://127.0.0.1:8080 --headless
"""

from locust import HttpUser, LoadTestShape, constant, task


class Visitor(HttpUser):
    host = "http://127.0.0.1:8080"
    wait_time = constant(1)

    @task
    def front_page(self):
        self.client.get("/")


class UpAndDown(LoadTestShape):
    # Until this second: so many users, started or stopped at this rate.
    stages = [
        (10, 5, 5),
        (30, 20, 10),
        (40, 5, 10),
    ]

    def tick(self):
        for until, users, rate in self.stages:
            if self.get_run_time() < until:
                return users, rate
        return None
