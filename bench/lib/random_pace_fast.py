"""A user that asks once a second on average, at no particular moment of it."""
from locust import FastHttpUser, between, task


class RandomUser(FastHttpUser):
    wait_time = between(0, 2)

    @task
    def read(self):
        self.client.get("/items/1", name="/items/[id]")
