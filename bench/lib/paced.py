"""Users that make ten requests a second each: a GET with a name, then a JSON POST with a checked answer."""
from locust import HttpUser, constant_pacing, task


class PacedUser(HttpUser):
    wait_time = constant_pacing(0.2)

    @task
    def both(self):
        self.client.get("/items/1", name="/items/[id]")
        with self.client.post("/items", json={"name": "katydid", "price": 3}, catch_response=True) as response:
            if response.status_code != 200 or response.json()["ok"] is not True:
                response.failure("wrong answer")
