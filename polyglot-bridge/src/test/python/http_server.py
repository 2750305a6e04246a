"""The server of the HTTP tests, and sessions whose events are kept.

The same tests run against real Locust on CPython: start HttpEchoServer's main, put its port into
KATYDID_TEST_PORT and run them with `python -m unittest`. That is how their expectations were found.
"""
import os

from locust.clients import HttpSession
from locust.event import EventHook

try:
    import java
except ImportError:
    java = None

if java is not None:
    SERVER = java.type("io.katydid.graalpy.HttpEchoServer").start()
    PORT = SERVER.port()
else:
    SERVER = None
    PORT = int(os.environ["KATYDID_TEST_PORT"])

URL = f"http://127.0.0.1:{PORT}"


class User:
    """As much of a user as a session looks at."""

    environment = None

    def __init__(self, context=None):
        self._context = context or {}

    def context(self):
        return self._context


class Watched:
    """A session with a listener: `events` holds the keyword arguments of every event."""

    def __init__(self, base=URL, session=HttpSession, user=None, **settings):
        self.events = []
        hook = EventHook()
        hook.add_listener(self._keep)
        self.client = session(base, hook, user or User(), **settings)

    def _keep(self, **kwargs):
        self.events.append(kwargs)

    @property
    def last(self):
        return self.events[-1]

    def outcome(self):
        """repr of the exception of the only event."""
        assert len(self.events) == 1, self.events
        return repr(self.last["exception"])


def headers(echoed):
    """The headers the server saw, names in lower case."""
    return {name.lower(): value for name, value in echoed["headers"]}
