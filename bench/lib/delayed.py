"""Users that ask a server with a known delay again and again; with BUSY=1 one more user computes half of the time."""
import os
import time

from locust import HttpUser, User, constant, task


class PlainUser(HttpUser):
    wait_time = constant(0)

    @task
    def read(self):
        self.client.get("/delayed")


class BusyUser(User):
    """Computes for 50 ms, then waits for 50 ms."""

    fixed_count = 1 if os.environ.get("BUSY") else 0
    weight = 0
    wait_time = constant(0.05)

    @task
    def compute(self):
        until = time.perf_counter() + 0.05
        total = 0
        while time.perf_counter() < until:
            total += sum(range(100))
