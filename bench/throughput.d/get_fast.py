"""GET only."""
from locust import FastHttpUser, constant, task


class GetUser(FastHttpUser):
    wait_time = constant(0)

    @task
    def read(self):
        self.client.get("/")
