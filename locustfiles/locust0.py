"""A locustfile as it was written for Locust 0.8 to 0.14. It runs as it is.

    ./katydid -f locustfiles/locust0.py --host=http://127.0.0.1:8080 --no-web -c 10 --hatch-rate 5 -t 30s
"""

from locust import HttpLocust, TaskSet, task


class UserBehavior(TaskSet):
    def on_start(self):
        self.client.post("/login", {"username": "ellen_key", "password": "education"})

    @task(2)
    def index(self):
        self.client.get("/")

    @task(1)
    def profile(self):
        self.client.get("/profile")


class WebsiteUser(HttpLocust):
    task_set = UserBehavior
    min_wait = 500
    max_wait = 1500
