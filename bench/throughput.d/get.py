"""GET only."""
from locust import HttpUser, constant, task


class GetUser(HttpUser):
    wait_time = constant(0)

    @task
    def read(self):
        self.client.get("/")
