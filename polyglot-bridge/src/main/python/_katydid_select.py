"""`select` that gives the gate back while it waits for sockets. Other files are left to GraalPy. Java (class PythonSockets)
waits."""
import _katydid

_READ, _WRITE = 1, 2
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
        if not all(_java.canBeAwaited(fd) for fd in wants):
            found = select_there(*([fd for _, fd in files] for files in numbered), timeout)
            return tuple([file for file, fd in files if fd in ready] for files, ready in zip(numbered, found))
        found = _wait(wants, timeout)
        return ([file for file, fd in numbered[0] if found[fd] & _READ],
                [file for file, fd in numbered[1] if found[fd] & _WRITE], [])

    return select


def change(module):
    """Puts it in, as a static method: the module `selectors` makes it an attribute of a class."""
    module.select = staticmethod(_select_of(module.select))
