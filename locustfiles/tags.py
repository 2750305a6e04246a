"""Choosing tasks by tag.

    ./katydid -f locustfiles/tags.py --tags read             only reading
    ./katydid -f locustfiles/tags.py --exclude-tags slow     everything that is fast
"""

from locust import HttpUser, constant, tag, task


class Clerk(HttpUser):
    host = "http://127.0.0.1:8080"
    wait_time = constant(1)

    @tag("read")
    @task
    def list_orders(self):
        self.client.get("/orders")

    @tag("read", "slow")
    @task
    def yearly_report(self):
        self.client.get("/orders/report")

    @tag("write")
    @task
    def new_order(self):
        self.client.post("/orders", json={"item": "kettle", "count": 1})
