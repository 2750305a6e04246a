"""The smallest useful test: a user who reads a front page and sometimes an item.

    ./katydid -f locustfiles/basic.py -H http://127.0.0.1:8080 --headless -u 10 -r 5 -t 30s
"""

import random

from locust import HttpUser, between, task


class Visitor(HttpUser):
    host = "http://127.0.0.1:8080"
    wait_time = between(1, 3)

    @task(3)
    def front_page(self):
        self.client.get("/")

    @task
    def item(self):
        number = random.randint(1, 1000)
        # All items are counted under one name.
        with self.client.get(f"/items/{number}", name="/items/[number]", catch_response=True) as response:
            if response.status_code == 404:
                response.success()
