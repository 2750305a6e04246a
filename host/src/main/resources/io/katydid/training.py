"""What "katydid prepare" runs so that Java can write down what a typical test needs. Not a test of anything."""

import csv
import io
import json
import random
import re
import time

from locust import FastHttpUser, HttpUser, SequentialTaskSet, TaskSet, User, between, constant, events, tag, task


@events.init_command_line_parser.add_listener
def add_options(parser):
    parser.add_argument("--training-text", default="text", help="An option of a locustfile")


@events.init.add_listener
def when_ready(environment, **kwargs):
    environment.seen = 0


@events.request.add_listener
def count(request_type, name, response_time, response_length, exception, context, **kwargs):
    if exception is None and response_time > 1000:
        print("slow", request_type, name)


rows = list(csv.DictReader(io.StringIO("name,number\nada,1\ngrace,2\n")))
link = re.compile(r'href="([^"]+)"')


class Pages(SequentialTaskSet):
    @task
    def front(self):
        page = self.client.get("/page", headers={"Accept": "text/html"})
        for path in link.findall(page.text):
            self.client.get(path, name="/linked")

    @task
    def form(self):
        with self.client.post("/form", data={"name": random.choice(rows)["name"]}, catch_response=True) as response:
            if response.status_code != 200 or "ok" not in response.text:
                response.failure("unexpected")
        self.interrupt()


class Reader(HttpUser):
    wait_time = constant(0)
    tasks = {Pages: 1}

    def on_start(self):
        self.client.post("/login", json={"user": "u", "password": "p"})
        self.client.headers["X-Token"] = "t"

    @task(3)
    def api(self):
        answer = self.client.get(f"/json?number={random.randint(1, 100)}", name="/json")
        total = sum(item["price"] * item["count"] for item in answer.json()["items"])
        if total < 0:
            raise ValueError(json.dumps({"total": total}))

    @tag("write")
    @task
    def write(self):
        body = {"id": random.randint(1, 10**6), "tags": ["a", "b"], "when": time.time()}
        self.client.put("/json", data=json.dumps(body), headers={"Content-Type": "application/json"})


class Fast(FastHttpUser):
    wait_time = between(0, 0.001)

    @task
    def api(self):
        with self.rest("POST", "/json", json={"q": "x"}) as response:
            if response.js is None:
                response.failure("no JSON")

    @task
    def page(self):
        self.client.get("/page")


class Own(User):
    wait_time = constant(0.01)

    @task
    class Steps(TaskSet):
        @task
        def step(self):
            started = time.perf_counter()
            words = sorted("the quick brown fox jumps over the lazy dog".split(), key=len)
            self.user.environment.events.request.fire(
                request_type="OWN",
                name="sort",
                response_time=(time.perf_counter() - started) * 1000,
                response_length=len(words),
                exception=None,
                context={},
            )
