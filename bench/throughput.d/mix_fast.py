"""GET and JSON POST with a checked response."""
from locust import FastHttpUser, constant, task


class MixUser(FastHttpUser):
    wait_time = constant(0)

    @task
    def read(self):
        self.client.get("/items/1", name="/items/[id]")

    @task
    def write(self):
        with self.client.post("/items", json={"name": "katydid", "price": 3}, catch_response=True) as response:
            if response.status_code != 200 or response.json()["ok"] is not True:
                response.failure("wrong answer")
