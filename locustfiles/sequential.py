"""Users who do things in a fixed order, and a choice of behaviours with weights.

    ./katydid -f locustfiles/sequential.py -H http://127.0.0.1:8080
"""

from locust import HttpUser, SequentialTaskSet, TaskSet, constant_pacing, task


class Purchase(SequentialTaskSet):
    """Runs its tasks from top to bottom, then leaves."""

    def on_start(self):
        self.basket = []

    @task
    def search(self):
        self.client.get("/search", params={"q": "kettle"})

    @task
    def put_into_basket(self):
        self.basket.append("kettle")
        self.client.post("/basket", json={"items": self.basket})

    @task
    def pay(self):
        self.client.post("/pay", data={"card": "4111-1111"})
        self.interrupt()


class Reading(TaskSet):
    @task(5)
    def article(self):
        self.client.get("/article")

    @task(1)
    def enough(self):
        self.interrupt(reschedule=False)


class Customer(HttpUser):
    host = "http://127.0.0.1:8080"
    wait_time = constant_pacing(1)
    tasks = {Purchase: 1, Reading: 3}

    def on_start(self):
        self.client.headers["User-Agent"] = "katydid-example"
