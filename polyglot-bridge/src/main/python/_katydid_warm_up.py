"""The users of a warm-up (class IdleWarmUp). They do what many locustfiles do, and are counted nowhere.

Compiled code knows what it has met. What a test does and its warm-up did not leads it back to the interpreter, and it is
compiled anew, for seconds, while users run. So the usual ways are all gone here: replies that are read and that are not,
failures, first requests of a session."""
import json
import random
import re

import _katydid
from locust import constant
from locust.env import Environment
from locust.event import RequestHook
from locust.user.turns import Turns

PLAIN = "HttpUser"
FAST = "FastHttpUser"
KINDS = [PLAIN, FAST]

_HEADERS = {"Accept-Language": "en", "X-Warm-Up": "1"}
_BODY = {"name": "katydid", "price": 3}
_NAME = re.compile(r'"name": "(\w+)"')
_WORDS = ["alpha", "beta", "gamma"]


def _read(user):
    user.client.get("/items/1", name="/items/[id]")


def _look(user):
    response = user.client.get(f"/items/{random.randint(1, 9)}", headers=_HEADERS)
    if response.status_code == 200 and response.json()["id"] != 7:
        raise ValueError("wrong answer")


def _search(user):
    text = json.dumps({"word": random.choice(_WORDS), "tags": [f"tag-{n}" for n in range(3)]})
    response = user.client.get("/items", params={"q": len(text)}, headers=_HEADERS, name="/items?q=[q]")
    if response.status_code == 200 and _NAME.search(response.text).group(1) != "katydid":
        raise ValueError("wrong answer")


def _fill_in(user):
    user.client.post("/items", data=_BODY)


def _write(user):
    with user.client.post("/items", json=_BODY, catch_response=True) as response:
        if response.status_code != 200 or response.json()["ok"] is not True:
            response.failure("wrong answer")


def _add(user):
    with user.client.post("/items", json=_BODY, headers=_HEADERS, name="add", catch_response=True) as response:
        if response.status_code == 200 and "katydid" in response.text:
            response.success()
        else:
            response.failure("wrong answer")


def _miss(user):
    with user.client.get("/missing", catch_response=True) as response:
        if response.status_code == 404:
            response.failure(f"missing: {response.text}")


_TASKS = [_read, _read, _read, _write, _write, _write, _look, _look, _add, _add, _search, _search, _fill_in, _miss]


def kinds(classes):
    """The kinds of HTTP clients that the classes use."""
    from locust import HttpUser
    found = [PLAIN] if any(issubclass(cls, HttpUser) for cls in classes) else []
    import sys
    fast = sys.modules.get("locust.contrib.fasthttp")
    if fast is not None and any(issubclass(cls, fast.FastHttpUser) for cls in classes):
        found.append(FAST)
    return found


_classes = {}
_environment = None
_java = None
_url = None


def open_for(http, url):
    """What the users' sessions are made of (class HttpBridge), and where they ask. Called once, before any user begins."""
    global _environment, _java, _url
    _java, _url = http, url
    _environment = Environment()
    # Locust's own request event counts: requests that fail here would be failures of the test.
    _environment.events.request = RequestHook(counts=False)


def _class_of(kind):
    """One class a kind: compiled code gets to know each class that it meets, and is made anew for the first that is too
    many."""
    found = _classes.get(kind)
    if found is None:
        from locust import FastHttpUser, HttpUser

        class WarmUpUser(FastHttpUser if kind == FAST else HttpUser):
            host = _url
            wait_time = constant(0)
            tasks = _TASKS

        found = _classes[kind] = WarmUpUser
    return found


def begin_user(kind):
    """A user of that kind: its Turns. Called on the user's thread."""
    _katydid.enter_thread()
    user = _class_of(kind)(_environment)
    fast = kind == FAST
    client = user.client
    client._java = _java.newSession(fast, None, 10 if fast else 0)
    client.base_url = _url
    return Turns(user, lambda error: client._java.close())
