"""One request a turn, with one thing more about it: the variable COSTS says which."""
import os
import random

from locust import HttpUser, constant, events, task

KIND = os.environ["COSTS"]
HEADERS = {"X-Test": "1", "Accept-Language": "en"}
FORM = {"name": "katydid", "price": "3"}


def plain(user):
    user.client.get("/items/1")


def named(user):
    user.client.get("/items/1", name="/items/[id]")


def names(user):
    user.client.get("/items/1", name=f"/items/{random.randrange(1000)}")


def headers(user):
    user.client.get("/items/1", headers=HEADERS)


def params(user):
    user.client.get("/items", params={"id": 1})


def form(user):
    user.client.post("/items", data=FORM)


def json_post(user):
    user.client.post("/items", json=FORM)


def json_reply(user):
    user.client.get("/items/1").json()


def text_reply(user):
    len(user.client.get("/items/1").text)


def block(user):
    with user.client.get("/items/1", catch_response=True) as response:
        if response.status_code != 200:
            response.failure("no")


if KIND in ("listener", "listeners"):
    for _ in range(1 if KIND == "listener" else 2):

        @events.request.add_listener
        def on_request(name, response_time, exception, **kwargs):
            pass


class CostUser(HttpUser):
    wait_time = constant(0.001 if KIND == "wait" else 0)
    tasks = [task(globals().get(KIND, plain))]
