"""The names of `greenlet` that locustfiles use. A greenlet is a thread here, so there is no switching by hand."""

__version__ = "3.2.4"
GREENLET_USE_CONTEXT_VARS = True
GREENLET_USE_GC = False
GREENLET_USE_TRACING = False


class GreenletExit(BaseException):
    """Ends a greenlet quietly."""


class error(Exception):
    """Something that greenlets cannot do."""


def getcurrent():
    """The greenlet that calls this."""
    from gevent.greenlet import getcurrent as current

    return current()


class greenlet:
    """The base of gevent's greenlets. Made by hand it cannot run: Katydid runs greenlets as threads."""

    GreenletExit = GreenletExit
    error = error
    getcurrent = staticmethod(getcurrent)

    def __init__(self, run=None, parent=None):
        if run is not None:
            self.run = run
        self.parent = parent

    def switch(self, *args, **kwargs):
        raise error(
            "Katydid runs greenlets as threads: greenlet.switch() is not possible. "
            "Use gevent.spawn() with gevent.event, gevent.queue or gevent.lock instead."
        )

    def throw(self, *args):
        raise error("Only greenlets made by gevent.spawn() can be thrown at; use its kill().")
