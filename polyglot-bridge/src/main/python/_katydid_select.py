"""`select` that gives the gate back while it waits for sockets, and `poll`, which GraalPy has not.

Other files are left to GraalPy. Java (class PythonSockets) waits.
"""
import errno
import os

import _katydid

_READ, _WRITE = 1, 2
POLLIN, POLLPRI, POLLOUT, POLLERR, POLLHUP, POLLNVAL = 1, 2, 4, 8, 16, 32
_java = _katydid._host.sockets()


def _number(file):
    if isinstance(file, int):
        fd = int(file)
    elif hasattr(file, "fileno"):
        fd = file.fileno()
        if not isinstance(fd, int):
            raise TypeError("fileno() returned a non-integer")
    else:
        raise TypeError("argument must be an int, or have a fileno() method.")
    if fd < 0:
        raise ValueError(f"file descriptor cannot be a negative integer ({fd})")
    return fd


def _wait(wants, seconds):
    """What each of the sockets is ready for; `wants`: what it is to be ready for, by its number."""
    fds = list(wants)
    ready = _katydid.blocking(_java.select, fds, [wants[fd] for fd in fds], -1.0 if seconds is None else float(seconds))
    if ready is None:
        raise _katydid.death()
    return dict(zip(fds, ready))


def _select_of(select_there):
    def select(rlist, wlist, xlist, timeout=None, /):
        """select.select"""
        if timeout is not None and not hasattr(timeout, "__float__") and not hasattr(timeout, "__index__"):
            raise TypeError("timeout must be a float or None")
        numbered = [[(file, _number(file)) for file in files] for files in (rlist, wlist, xlist)]
        if timeout is not None and timeout < 0:
            raise ValueError("timeout must be non-negative")
        wants = {}
        for files, what in zip(numbered, (_READ, _WRITE)):
            for _, fd in files:
                wants[fd] = wants.get(fd, 0) | what
        if not all(_java.isSocket(fd) for fd in wants):
            found = select_there(*([fd for _, fd in files] for files in numbered), timeout)
            return tuple([file for file, fd in files if fd in ready] for files, ready in zip(numbered, found))
        found = _wait(wants, timeout)
        return ([file for file, fd in numbered[0] if found[fd] & _READ],
                [file for file, fd in numbered[1] if found[fd] & _WRITE], [])

    return select


class _Poll:
    """What select.poll() returns."""

    def __init__(self, select):
        self._select = select
        self._masks = {}

    def register(self, fd, eventmask=POLLIN | POLLPRI | POLLOUT, /):
        self._masks[_number(fd)] = eventmask

    def modify(self, fd, eventmask, /):
        fd = _number(fd)
        if fd not in self._masks:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        self._masks[fd] = eventmask

    def unregister(self, fd, /):
        del self._masks[_number(fd)]

    def poll(self, timeout=None, /):
        """What is ready within so many milliseconds: pairs of a file's number and events."""
        seconds = None if timeout is None or timeout < 0 else timeout / 1000
        reading = [fd for fd, mask in self._masks.items() if mask & (POLLIN | POLLPRI)]
        writing = [fd for fd, mask in self._masks.items() if mask & POLLOUT]
        gone = [(fd, POLLNVAL) for fd in self._masks if not _there(fd)]
        if gone:
            return gone
        readable, writable, _ = self._select(reading, writing, [], seconds)
        return [(fd, (POLLIN if fd in readable else 0) | (POLLOUT if fd in writable else 0))
                for fd in self._masks if fd in readable or fd in writable]


def _there(fd):
    if _java.isSocket(fd):
        return True
    try:
        os.fstat(fd)
        return True
    except OSError:
        return False


def change(module):
    """Puts both in, as static methods: the module `selectors` makes them attributes of classes."""
    select = _select_of(module.select)
    module.select = staticmethod(select)
    if hasattr(module, "poll"):
        return

    def poll():
        """select.poll: an object that waits for several files."""
        return _Poll(select)

    poll.__module__ = "select"
    module.poll = staticmethod(poll)
    module.POLLIN, module.POLLPRI, module.POLLOUT = POLLIN, POLLPRI, POLLOUT
    module.POLLERR, module.POLLHUP, module.POLLNVAL = POLLERR, POLLHUP, POLLNVAL
