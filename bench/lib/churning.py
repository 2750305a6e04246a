"""Users that come and go: every ten seconds three quarters of them are stopped, or as many started again."""
import os

from locust import HttpUser, LoadTestShape, constant_pacing, task

USERS = int(os.environ.get("CHURN_USERS", "1000"))


class ComingAndGoing(LoadTestShape):
    def tick(self):
        all_of_them = int(self.get_run_time() / 10) % 2 == 0
        return USERS if all_of_them else USERS // 4, USERS / 5


class PassingUser(HttpUser):
    wait_time = constant_pacing(0.2)

    def on_start(self):
        self.client.get("/login")

    @task
    def read(self):
        self.client.get("/items/1", name="/items/[id]")

    def on_stop(self):
        self.client.get("/logout")
