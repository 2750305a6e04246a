"""One task without a tag and two with, each counted under its name."""
from locust import HttpUser, constant, tag, task


class Tagged(HttpUser):
    wait_time = constant(0.05)

    @task
    def plain(self):
        self.client.get("/ok/plain")

    @tag("slow")
    @task
    def slow(self):
        self.client.get("/ok/slow")

    @tag("slow", "rare")
    @task
    def rare(self):
        self.client.get("/ok/rare")
