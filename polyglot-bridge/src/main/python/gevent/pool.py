"""Group and Pool: greenlets kept together, and limited in number."""
from gevent._links import iwait
from gevent.event import Event
from gevent.greenlet import Greenlet, GreenletExit, getcurrent, joinall, killall
from gevent.lock import Semaphore

__all__ = ["Group", "Pool", "PoolFull"]


class PoolFull(Exception):
    """The pool has no room for another greenlet."""


class Group:
    """Greenlets that are waited for, or killed, together. They leave it when they end."""

    greenlet_class = Greenlet

    def __init__(self, *args):
        self.greenlets = set(*args)
        self.dying = set()
        self._empty_event = Event()
        self._empty_event.set()
        for item in list(self.greenlets):
            self._empty_event.clear()
            item.rawlink(self._discard)

    def __len__(self):
        return len(self.greenlets)

    def __contains__(self, item):
        return item in self.greenlets

    def __iter__(self):
        return iter(list(self.greenlets))

    def __repr__(self):
        return f"<{type(self).__name__} at {hex(id(self))} {self.greenlets}>"

    def add(self, greenlet):
        self._empty_event.clear()
        self.greenlets.add(greenlet)
        greenlet.rawlink(self._discard)

    def _discard(self, greenlet):
        self.greenlets.discard(greenlet)
        self.dying.discard(greenlet)
        if not self.greenlets:
            self._empty_event.set()
            if self.greenlets:
                self._empty_event.clear()

    discard = _discard

    def start(self, greenlet):
        self.add(greenlet)
        greenlet.start()

    def spawn(self, *args, **kwargs):
        greenlet = self.greenlet_class(*args, **kwargs)
        self.start(greenlet)
        return greenlet

    def join(self, timeout=None, raise_error=False):
        """True if the group was empty in time."""
        before = list(self.greenlets)
        empty = self._empty_event.wait(timeout)
        if raise_error:
            for greenlet in before:
                if greenlet.exception is not None:
                    raise greenlet.exception
        return empty

    def kill(self, exception=GreenletExit, block=True, timeout=None):
        killall(list(self.greenlets), exception, block, timeout)

    def killone(self, greenlet, exception=GreenletExit, block=True, timeout=None):
        if greenlet in self.greenlets:
            greenlet.kill(exception, block, timeout)

    def full(self):
        return False

    def wait_available(self, timeout=None):
        """There is always room."""

    # --- function calls ---

    def apply(self, func, args=None, kwds=None):
        if getcurrent() in self:
            return func(*(args or ()), **(kwds or {}))
        return self.spawn(func, *(args or ()), **(kwds or {})).get()

    def apply_async(self, func, args=None, kwds=None, callback=None):
        greenlet = self.spawn(func, *(args or ()), **(kwds or {}))
        if callback is not None:
            greenlet.link_value(lambda source: callback(source.value))
        return greenlet

    def apply_cb(self, func, args=None, kwds=None, callback=None):
        result = self.apply(func, args, kwds)
        if callback is not None:
            callback(result)
        return result

    def map(self, func, iterable):
        return [greenlet.get() for greenlet in [self.spawn(func, item) for item in iterable]]

    def map_cb(self, func, iterable, callback=None):
        result = self.map(func, iterable)
        if callback is not None:
            callback(result)
        return result

    def map_async(self, func, iterable, callback=None):
        return Greenlet.spawn(self.map_cb, func, iterable, callback)

    def imap(self, func, *iterables, maxsize=None):
        greenlets = [self.spawn(func, *items) for items in zip(*iterables)]
        return (greenlet.get() for greenlet in greenlets)

    def imap_unordered(self, func, *iterables, maxsize=None):
        greenlets = [self.spawn(func, *items) for items in zip(*iterables)]
        return (greenlet.get() for greenlet in iwait(greenlets))


class Pool(Group):
    """At most `size` greenlets; spawn() waits for room."""

    def __init__(self, size=None, greenlet_class=None):
        if size is not None and size < 0:
            raise ValueError("size must not be negative")
        Group.__init__(self)
        self.size = size
        if greenlet_class is not None:
            self.greenlet_class = greenlet_class
        self._room = None if size is None else Semaphore(size)

    def add(self, greenlet, blocking=True, timeout=None):
        if self._room is not None and not self._room.acquire(blocking, timeout):
            raise PoolFull("The pool is full")
        try:
            Group.add(self, greenlet)
        except BaseException:
            if self._room is not None:
                self._room.release()
            raise

    def start(self, greenlet, blocking=True, timeout=None):
        self.add(greenlet, blocking, timeout)
        greenlet.start()

    def _discard(self, greenlet):
        if greenlet in self.greenlets and self._room is not None:
            self._room.release()
        Group._discard(self, greenlet)

    discard = _discard

    def full(self):
        return self.free_count() <= 0

    def free_count(self):
        return 1 if self.size is None else max(0, self.size - len(self))

    def wait_available(self, timeout=None):
        return 1 if self._room is None else self._room.wait(timeout)
