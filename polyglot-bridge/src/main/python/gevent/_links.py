"""Waiting for things that call back when they are done: greenlets, events, results. Used by the whole package."""
from collections import deque

import _katydid


class Linked:
    """Something that becomes ready once and then calls its links. Calls come from the thread that made it ready."""

    _ready = False

    def __init__(self):
        self._links = []

    def ready(self):
        return self._ready

    def rawlink(self, callback):
        """callback(self) when ready; at once if it is already."""
        self._links.append(callback)
        if self._ready:
            self._call_links()

    def unlink(self, callback):
        try:
            self._links.remove(callback)
        except ValueError:
            pass

    def _call_links(self):
        links = self._links
        while links:
            try:
                callback = links.pop(0)
            except IndexError:
                return
            try:
                callback(self)
            except Exception:
                from gevent.hub import print_failure

                print_failure(callback)

    def _wait_ready(self, timeout=None):
        """True when ready, False when the time was up first."""
        if self._ready:
            return True
        semaphore = _katydid.Semaphore()

        def wake(_source):
            semaphore.release()

        self.rawlink(wake)
        try:
            result = semaphore.acquire(-1.0 if timeout is None else max(timeout, 0))
        finally:
            self.unlink(wake)
        if result < 0:
            raise _katydid.death()
        return self._ready or result == 1


def _deadline(timeout):
    if timeout is None:
        return None
    import time

    return time.monotonic() + timeout


def _left(deadline):
    """Seconds until the deadline, as semaphores want them: negative = for ever."""
    if deadline is None:
        return -1.0
    import time

    return max(0.0, deadline - time.monotonic())


def iwait(objects, timeout=None, count=None):
    """Yields the objects in the order in which they become ready, until the time is up or `count` are."""
    objects = list(objects)
    left = len(objects) if count is None else min(count, len(objects))
    done = deque()
    semaphore = _katydid.Semaphore()

    def note(source):
        done.append(source)
        semaphore.release()

    deadline = _deadline(timeout)
    for item in objects:
        item.rawlink(note)
    try:
        while left > 0:
            result = semaphore.acquire(_left(deadline))
            if result < 0:
                raise _katydid.death()
            if result == 0:
                return
            left -= 1
            yield done.popleft()
    finally:
        for item in objects:
            item.unlink(note)


def wait(objects=None, timeout=None, count=None):
    """The objects that became ready in time. Without objects: waits for all other greenlets; True if all ended."""
    if objects is not None:
        return list(iwait(objects, timeout, count))
    from gevent.greenlet import running

    others = running()
    return len(list(iwait(others, timeout))) == len(others)
