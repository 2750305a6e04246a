"""The hub's names. There is no event loop: threads wait by themselves, so the hub only answers questions."""
import sys

import _katydid
from greenlet import GreenletExit

from gevent.greenlet import getcurrent, running
from gevent.timeout import Timeout

__all__ = ["GreenletExit", "Hub", "Waiter", "config", "get_hub", "getcurrent", "signal", "sleep"]


def print_failure(context, exc_info=None):
    """What gevent writes to stderr when a greenlet or a link fails."""
    import time
    import traceback

    if exc_info is None:
        exc_info = sys.exc_info()
    hub = _hub
    if exc_info[0] is not None and issubclass(exc_info[0], hub.NOT_ERROR):
        return
    if hub.exception_stream is None:
        return
    stream = hub.exception_stream
    traceback.print_exception(*exc_info, file=stream)
    stream.write(f"{time.ctime()} {context!r} failed with {exc_info[0].__name__}\n\n")


class _Loop:
    """What is left of the loop: a name, and the time."""

    default = True
    backend = "katydid"

    def now(self):
        import time

        return time.time()

    def run_callback(self, function, *args):
        from gevent.greenlet import Greenlet

        return Greenlet.spawn(function, *args)

    run_callback_threadsafe = run_callback

    def update_now(self):
        """The clock is always right."""


class Hub:
    """One for all threads."""

    NOT_ERROR = (GreenletExit, SystemExit)
    SYSTEM_ERROR = (KeyboardInterrupt, SystemExit, SystemError)
    dead = False

    def __init__(self):
        self.loop = _Loop()
        self.name = ""

    @property
    def exception_stream(self):
        return sys.stderr

    @property
    def threadpool(self):
        from gevent.threadpool import ThreadPool

        pool = ThreadPool(10)
        self.__dict__["threadpool"] = pool
        return pool

    def handle_error(self, context, kind, value, tb):
        print_failure(context, (kind, value, tb))

    def join(self, timeout=None):
        from gevent._links import wait

        return wait(timeout=timeout)

    def destroy(self, destroy_loop=None):
        """Nothing to free."""


class Waiter:
    """One value handed from one greenlet to another."""

    def __init__(self, hub=None):
        from gevent.event import AsyncResult

        self._result = AsyncResult()

    def switch(self, value=None):
        self._result.set(value)

    def throw(self, *throw_args):
        value = throw_args[1] if len(throw_args) > 1 and throw_args[1] is not None else throw_args[0]
        self._result.set_exception(value() if isinstance(value, type) else value)

    def get(self):
        return self._result.get()

    def ready(self):
        return self._result.ready()

    def successful(self):
        return self._result.successful()


class _Config:
    """gevent.config: accepts any setting; none has an effect."""

    max_memory_usage = None
    track_greenlet_tree = True


config = _Config()
_hub = Hub()


def get_hub(*args, **kwargs):
    return _hub


get_hub_noargs = get_hub_if_exists = get_hub


def sleep(seconds=0, ref=True):
    if _katydid.sleep(seconds):
        raise _katydid.death()


def signal(signalnum, handler, *args, **kwargs):
    """Locustfiles ask for SIGINT and SIGTERM; these belong to Katydid. Returns an object whose cancel() does nothing."""
    return _SignalHandle(signalnum, handler)


class _SignalHandle:
    def __init__(self, signalnum, handler):
        self.signalnum = signalnum
        self.handler = handler

    def cancel(self):
        """The handler was never installed."""


def iwait(*args, **kwargs):
    from gevent._links import iwait as wait_for

    return wait_for(*args, **kwargs)


def wait(*args, **kwargs):
    from gevent._links import wait as wait_for

    return wait_for(*args, **kwargs)


def spawn_raw(function, *args, **kwargs):
    from gevent.greenlet import Greenlet

    return Greenlet.spawn(function, *args, **kwargs)


def kill(target, exception=GreenletExit):
    target.kill(exception, block=False)
