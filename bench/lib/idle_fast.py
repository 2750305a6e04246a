"""A user that asks once a second and otherwise waits."""
from locust import FastHttpUser, constant_pacing, task


class IdleUser(FastHttpUser):
    wait_time = constant_pacing(1)

    @task
    def read(self):
        self.client.get("/items/1", name="/items/[id]")
