"""Event and AsyncResult."""
from gevent._links import Linked
from gevent.timeout import Timeout

__all__ = ["AsyncResult", "Event"]


class Event(Linked):
    """A flag that greenlets wait for."""

    def is_set(self):
        return self._ready

    isSet = ready = is_set

    def set(self):
        self._ready = True
        self._call_links()

    def clear(self):
        self._ready = False

    def wait(self, timeout=None):
        """Whether the flag was set in time."""
        return self._wait_ready(timeout)

    def __repr__(self):
        return f"<{type(self).__name__} {'set' if self._ready else 'clear'} at {hex(id(self))}>"


_NOTHING = object()


class AsyncResult(Linked):
    """A value, or an exception, that greenlets wait for."""

    def __init__(self):
        Linked.__init__(self)
        self.value = None
        self._exception = None

    @property
    def exception(self):
        return self._exception

    @property
    def exc_info(self):
        error = self._exception
        return () if error is None else (type(error), error, error.__traceback__)

    def successful(self):
        return self._ready and self._exception is None

    def set(self, value=None):
        self.value = value
        self._exception = None
        self._ready = True
        self._call_links()

    set_result = set

    def set_exception(self, exception, exc_info=None):
        self._exception = exception() if isinstance(exception, type) else exception
        self._ready = True
        self._call_links()

    def get(self, block=True, timeout=None):
        if not self._ready:
            if not block:
                raise Timeout()
            if not self._wait_ready(timeout):
                raise Timeout(timeout)
        if self._exception is not None:
            raise self._exception
        return self.value

    def get_nowait(self):
        return self.get(block=False)

    def wait(self, timeout=None):
        """The value if it came in time, else None."""
        self._wait_ready(timeout)
        return self.value

    def result(self, timeout=None):
        return self.get(timeout=timeout)

    def done(self):
        return self._ready

    def cancel(self):
        return False

    def cancelled(self):
        return False

    def __call__(self, source):
        """Makes this a link: takes over the result of a greenlet or of another AsyncResult."""
        if source.successful():
            self.set(source.value)
        else:
            self.set_exception(source.exception)

    def __repr__(self):
        return f"<{type(self).__name__} {'ready' if self._ready else 'unset'} at {hex(id(self))}>"
