"""gevent for Katydid: greenlets are threads of which one at a time runs Python, so the same programs work.

Differences that a locustfile can notice: `monkey` has nothing left to do, servers (pywsgi, server) do not exist, and
greenlets cannot be switched by hand.
"""
import _katydid
from greenlet import GreenletExit

from gevent._links import iwait, wait
from gevent.greenlet import Greenlet, getcurrent, joinall, kill, killall
from gevent.timeout import Timeout, with_timeout

__version__ = "26.9.0"
version_info = (26, 9, 0, "final", 0)

__all__ = [
    "Greenlet", "GreenletExit", "Timeout", "config", "fork", "get_hub", "getcurrent", "getswitchinterval", "idle",
    "iwait", "joinall", "kill", "killall", "reinit", "setswitchinterval", "signal_handler", "sleep", "spawn",
    "spawn_later", "spawn_raw", "wait", "with_timeout",
]

_SUBMODULES = frozenset((
    "ares", "backdoor", "baseserver", "builtins", "core", "event", "events", "exceptions", "fileobject", "hub", "local",
    "lock", "monkey", "os", "pool", "pywsgi", "queue", "resolver", "select", "selectors", "server", "signal", "socket",
    "ssl", "subprocess", "thread", "threading", "threadpool", "time", "util",
))

spawn = Greenlet.spawn
spawn_later = Greenlet.spawn_later


def sleep(seconds=0, ref=True):
    """Lets other greenlets run for that long; 0 = once."""
    if _katydid.sleep(seconds):
        raise _katydid.death()


def idle(priority=0):
    """Lets other greenlets run."""
    sleep(0)


def spawn_raw(function, *args, **kwargs):
    """As spawn; a plain greenlet costs the same here."""
    return Greenlet.spawn(function, *args, **kwargs)


def get_hub(*args, **kwargs):
    from gevent.hub import get_hub as current_hub

    return current_hub()


def reinit(hub=None):
    """Nothing to renew: there is no loop."""


def getswitchinterval():
    import sys

    return sys.getswitchinterval()


def setswitchinterval(interval):
    import sys

    sys.setswitchinterval(interval)


def fork():
    raise NotImplementedError("Katydid cannot fork its process; use subprocess to start another program.")


def signal_handler(signalnum, handler, *args, **kwargs):
    from gevent.hub import signal

    return signal(signalnum, handler, *args, **kwargs)


def __getattr__(name):
    if name in _SUBMODULES:
        import importlib

        try:
            return importlib.import_module("gevent." + name)
        except ModuleNotFoundError:
            pass
    if name == "config":
        from gevent.hub import config

        return config
    if name == "signal":
        return signal_handler
    raise AttributeError(f"module 'gevent' has no attribute '{name}'")
