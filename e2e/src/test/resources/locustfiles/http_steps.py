"""Each user does every step once and stops, so both generators must count the same."""
import json

from locust import HttpUser, SequentialTaskSet, constant, events, task
from locust.exception import RescheduleTask, StopUser

SEEN = []


@events.request.add_listener
def remember(request_type, name, response_time, response_length, exception, **kwargs):
    SEEN.append((request_type, name, exception is None))


@events.test_stop.add_listener
def write(environment, **kwargs):
    total = environment.stats.total
    print("test_stop requests=%d failures=%d seen=%d" % (total.num_requests, total.num_failures, len(SEEN)))


@events.quitting.add_listener
def quitting(environment, **kwargs):
    print("quitting ratio=%.4f" % environment.stats.total.fail_ratio)


class Steps(SequentialTaskSet):
    def on_start(self):
        self.client.get("/ok", name="on_start")

    @task
    def plain_get(self):
        response = self.client.get("/ok")
        assert response.status_code == 200
        assert response.text == "ok"

    @task
    def query(self):
        self.client.get("/ok", params={"a": 1, "b": "x y"})

    @task
    def named(self):
        for number in range(3):
            self.client.get("/ok?id=%d" % number, name="/ok?id=[id]")

    @task
    def post_json(self):
        response = self.client.post("/echo", json={"a": [1, 2], "b": None, "c": "ü"})
        assert json.loads(response.text) == {"a": [1, 2], "b": None, "c": "ü"}

    @task
    def post_form(self):
        response = self.client.post("/echo", data={"user": "a b", "n": 1})
        assert response.text == "user=a+b&n=1"

    @task
    def verbs(self):
        self.client.put("/echo", data="text")
        self.client.patch("/echo", data=b"bytes")
        self.client.delete("/ok")
        self.client.head("/ok")
        self.client.options("/ok")

    @task
    def statuses(self):
        self.client.get("/fail")
        self.client.get("/missing", name="not there")
        self.client.post("/fail", name="/fail?[q]")

    @task
    def redirects(self):
        response = self.client.get("/redirect")
        assert response.history[0].status_code == 302
        self.client.get("/redirect", allow_redirects=False, name="no redirect")

    @task
    def verdicts(self):
        with self.client.get("/ok", catch_response=True, name="said failure") as response:
            response.failure("not good enough: å")
        with self.client.get("/fail", catch_response=True, name="said success") as response:
            response.success()
        with self.client.get("/fail", catch_response=True, name="said nothing"):
            pass
        with self.client.get("/ok", catch_response=True, name="failed with exception") as response:
            response.failure(ValueError("odd"))
        try:
            with self.client.get("/ok", catch_response=True, name="never counted"):
                raise KeyError("lost")
        except KeyError:
            pass

    @task
    def refused(self):
        self.client.get("http://127.0.0.1:1/nobody", name="refused")

    @task
    def too_slow(self):
        self.client.get("/slow?ms=2000", timeout=0.2, name="too slow")

    @task
    def reschedules(self):
        self.client.get("/ok", name="before reschedule")
        raise RescheduleTask()

    @task
    def cookies(self):
        self.client.get("/cookie", name="first cookie")
        response = self.client.get("/cookie", name="second cookie")
        assert response.text == "session=abc", response.text
        assert self.client.cookies["session"] == "abc"

    @task
    def raises(self):
        raise ValueError("a mistake in the locustfile")

    @task
    def custom(self):
        self.user.environment.events.request.fire(
            request_type="CUSTOM", name="fired", response_time=12.3, response_length=5, exception=None, context={})
        self.user.environment.events.request.fire(
            request_type="CUSTOM", name="fired badly", response_time=150, response_length=0,
            exception=RuntimeError("no luck"), context={})

    @task
    def end(self):
        raise StopUser()


class StepUser(HttpUser):
    wait_time = constant(0.01)
    tasks = [Steps]
