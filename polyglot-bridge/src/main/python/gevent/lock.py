"""Semaphores and locks."""
import _katydid
from _katydid_locks import RLock as _RLock

from gevent.timeout import Timeout

__all__ = ["BoundedSemaphore", "DummySemaphore", "RLock", "Semaphore"]


class Semaphore:
    """First come, first served."""

    def __init__(self, value=1, hub=None):
        if value < 0:
            raise ValueError("semaphore initial value must be >= 0")
        self._semaphore = _katydid.Semaphore(value)
        self._links = []

    @property
    def counter(self):
        return self._semaphore.available()

    def acquire(self, blocking=True, timeout=None):
        if not blocking:
            return self._semaphore.try_acquire()
        result = self._semaphore.acquire(-1.0 if timeout is None else max(timeout, 0))
        if result < 0:
            raise _katydid.death()
        return result == 1

    def release(self):
        self._semaphore.release()
        self._notify()
        return self._semaphore.available()

    def _notify(self):
        for callback in list(self._links):
            if self._semaphore.available() <= 0:
                return
            self.unlink(callback)
            callback(self)

    def locked(self):
        return self._semaphore.available() <= 0

    def ready(self):
        return not self.locked()

    def wait(self, timeout=None):
        """Waits until it could be acquired; what is free then."""
        if self.locked() and self.acquire(timeout=timeout):
            self.release()
        return self._semaphore.available()

    def rawlink(self, callback):
        self._links.append(callback)
        self._notify()

    def unlink(self, callback):
        try:
            self._links.remove(callback)
        except ValueError:
            pass

    def __enter__(self):
        self.acquire()

    def __exit__(self, *error):
        self.release()

    def __repr__(self):
        return f"<{type(self).__name__} at {hex(id(self))} counter={self.counter}>"


class BoundedSemaphore(Semaphore):
    """Complains when released more often than acquired."""

    _OVER_RELEASE_ERROR = ValueError

    def __init__(self, value=1, hub=None):
        Semaphore.__init__(self, value)
        self._initial_value = value

    def release(self):
        if not self._semaphore.release_up_to(self._initial_value):
            raise self._OVER_RELEASE_ERROR("Semaphore released too many times")
        self._notify()
        return self._semaphore.available()


class RLock(_RLock):
    """A lock that its owner may take again."""

    __slots__ = ("__dict__",)

    def __init__(self, hub=None):
        _RLock.__init__(self)

    def acquire(self, blocking=True, timeout=None):
        if not blocking:
            return _RLock.acquire(self, False)
        return _RLock.acquire(self, True, -1 if timeout is None else timeout)

    def locked(self):
        return self._lock.locked()


class DummySemaphore:
    """Never blocks."""

    counter = 1

    def __init__(self, value=None):
        """Takes what Semaphore takes."""

    def locked(self):
        return False

    def ready(self):
        return True

    def acquire(self, blocking=True, timeout=None):
        return True

    def release(self):
        """Nothing was taken."""

    def wait(self, timeout=None):
        return 1

    def rawlink(self, callback):
        callback(self)

    def unlink(self, callback):
        """Nothing was linked."""

    def __enter__(self):
        """Never blocks."""

    def __exit__(self, *error):
        """Nothing was taken."""


class LockType(BoundedSemaphore):
    """threading.Lock as gevent.thread has it."""

    _OVER_RELEASE_ERROR = RuntimeError

    def __init__(self):
        BoundedSemaphore.__init__(self, 1)
