"""The users of a warm-up (class IdleWarmUp). They do what many locustfiles do, and are counted nowhere."""
import _katydid
from locust import constant
from locust.env import Environment
from locust.event import EventHook
from locust.user.turns import Turns

_HEADERS = {"Accept-Language": "en", "X-Warm-Up": "1"}
_BODY = {"name": "katydid", "price": 3}


def _read(user):
    user.client.get("/items/1", name="/items/[id]")


def _search(user):
    user.client.get("/items", params={"id": 1}, headers=_HEADERS, name="/items?id=[id]")


def _fill_in(user):
    user.client.post("/items", data=_BODY)


def _write(user):
    with user.client.post("/items", json=_BODY, catch_response=True) as response:
        if response.status_code != 200 or response.json()["ok"] is not True:
            response.failure("wrong answer")


def kinds(classes):
    """Of each kind of HTTP client that the classes use: whether it is FastHttpUser's."""
    from locust import HttpUser
    found = [False] if any(issubclass(cls, HttpUser) for cls in classes) else []
    import sys
    fast = sys.modules.get("locust.contrib.fasthttp")
    if fast is not None and any(issubclass(cls, fast.FastHttpUser) for cls in classes):
        found.append(True)
    return found


def begin_user(http, url, fast):
    """A user whose sessions belong to `http` (class HttpBridge): its Turns. Called on the user's thread."""
    _katydid.enter_thread()
    if fast:
        from locust import FastHttpUser as base
    else:
        from locust import HttpUser as base

    class WarmUpUser(base):
        host = url
        wait_time = constant(0)
        tasks = [_read, _read, _read, _write, _write, _search, _fill_in]

    environment = Environment()
    # Locust's own request event counts: requests that are cut off when the warm-up ends would be failures of the test.
    environment.events.request = EventHook()
    user = WarmUpUser(environment)
    client = user.client
    client.__dict__["_java"] = http.newSession(fast, None, 10 if fast else 0)
    client.__dict__["_ready"] = False
    client.base_url = url
    return Turns(user, lambda error: None)
