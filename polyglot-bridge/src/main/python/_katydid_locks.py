"""The primitives of `_thread`, made of Katydid's semaphore: whoever waits lets other users run, and can be killed."""
import _thread

import _katydid

_get_ident = _katydid.ident


class Lock:
    """threading.Lock."""

    __slots__ = ("_semaphore", "__weakref__")

    def __init__(self):
        self._semaphore = _katydid.Semaphore(1)

    def acquire(self, blocking=True, timeout=-1):
        if not blocking:
            if timeout != -1:
                raise ValueError("can't specify a timeout for a non-blocking call")
            return self._semaphore.try_acquire()
        if timeout < 0 and timeout != -1:
            raise ValueError("timeout value must be a non-negative number")
        result = self._semaphore.acquire(timeout)
        if result < 0:
            raise _katydid.death()
        return result == 1

    def release(self):
        if not self._semaphore.release_up_to(1):
            raise RuntimeError("release unlocked lock")

    def locked(self):
        return self._semaphore.available() == 0

    acquire_lock = acquire
    release_lock = release
    locked_lock = locked

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *error):
        self.release()

    def _at_fork_reinit(self):
        self._semaphore = _katydid.Semaphore(1)

    def __repr__(self):
        return f"<{'locked' if self.locked() else 'unlocked'} _thread.lock object at {hex(id(self))}>"


class RLock:
    """threading.RLock. Owner and count change only while the inner lock is held by the owner."""

    __slots__ = ("_lock", "_owner", "_count", "__weakref__")

    def __init__(self):
        self._lock = Lock()
        self._owner = None
        self._count = 0

    def acquire(self, blocking=True, timeout=-1):
        me = _get_ident()
        if self._owner == me:
            self._count += 1
            return True
        if self._lock.acquire(blocking, timeout):
            self._owner = me
            self._count = 1
            return True
        return False

    def release(self):
        if self._owner != _get_ident():
            raise RuntimeError("cannot release un-acquired lock")
        self._count -= 1
        if not self._count:
            self._owner = None
            self._lock.release()

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *error):
        self.release()

    def _is_owned(self):
        return self._owner == _get_ident()

    def _recursion_count(self):
        return self._count if self._owner == _get_ident() else 0

    def _release_save(self):
        """Gives the lock up entirely; the result brings it back (threading.Condition)."""
        saved = (self._count, self._owner)
        self._count = 0
        self._owner = None
        self._lock.release()
        return saved

    def _acquire_restore(self, saved):
        try:
            _acquire_surely(self._lock)
        finally:
            self._count, self._owner = saved

    def _at_fork_reinit(self):
        self.__init__()

    def __repr__(self):
        state = "locked" if self._lock.locked() else "unlocked"
        return f"<{state} _thread.RLock object owner={self._owner or 0} count={self._count} at {hex(id(self))}>"


def _acquire_surely(lock):
    """Takes the lock even if the thread is killed while it waits; then raises what kills it, holding the lock."""
    death = None
    while True:
        try:
            lock.acquire()
            break
        except BaseException as error:
            death = error
    if death is not None:
        raise death


# Locks that threading.Thread wants released when a thread ends, by the thread's number.
_sentinels = {}


class Sentinel(Lock):
    """A lock that is held while a thread lives. Afterwards whoever asks gets it and nobody holds it: several threads that
    join the same one come through at once, as they do where one lock is taken and given back in one breath."""

    __slots__ = ("_ended",)

    def __init__(self):
        super().__init__()
        self._ended = False

    def acquire(self, blocking=True, timeout=-1):
        if self._ended:
            return True
        taken = super().acquire(blocking, timeout)
        if taken and self._ended:
            # The next of those who have waited.
            self._semaphore.release_up_to(1)
        return taken

    def release(self):
        if not self._ended:
            super().release()

    def locked(self):
        return not self._ended and super().locked()

    def end(self):
        """The thread has come to its end."""
        self._ended = True
        self._semaphore.release_up_to(1)

    acquire_lock = __enter__ = acquire
    release_lock = release
    locked_lock = locked


def set_sentinel():
    """_thread._set_sentinel: a lock that is released when the calling thread ends."""
    lock = Sentinel()
    _sentinels[_get_ident()] = lock
    return lock


class Local(_thread._local):
    """threading.local. Its first use by a user, which calls __init__, binds the user to its Java thread."""

    def __init__(self, *args, **kwargs):
        if args or kwargs:
            raise TypeError("Initialization arguments are not supported")
        _katydid.bind_thread()

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        init = cls.__dict__.get("__init__")
        if init is not None:
            def bound_init(self, *args, **kwargs):
                _katydid.bind_thread()
                init(self, *args, **kwargs)

            bound_init.__name__, bound_init.__qualname__ = init.__name__, init.__qualname__
            bound_init.__doc__, bound_init.__wrapped__ = init.__doc__, init
            cls.__init__ = bound_init


Local.__name__ = Local.__qualname__ = "_local"
Local.__module__ = "_thread"


def start_new_thread(function, args, kwargs=None):
    """_thread.start_new_thread: the thread takes the gate like every other."""
    if not callable(function):
        raise TypeError("first arg must be callable")
    if not isinstance(args, tuple):
        raise TypeError("2nd arg must be a tuple")
    if kwargs is not None and not isinstance(kwargs, dict):
        raise TypeError("optional 3rd arg must be a dictionary")

    def body():
        try:
            function(*args, **(kwargs or {}))
        except (SystemExit, _katydid.GreenletExit):
            pass
        except BaseException:
            import sys
            import traceback

            print(f"Exception ignored in thread started by: {function!r}", file=sys.stderr)
            traceback.print_exc()
        finally:
            sentinel = _sentinels.pop(_get_ident(), None)
            if sentinel is not None:
                sentinel.end()

    return _katydid.spawn(body, "thread").ident()
