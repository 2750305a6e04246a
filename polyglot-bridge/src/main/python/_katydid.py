"""What Java offers to Katydid's own Python packages. Locustfiles never import this.

Host calls keep the interpreter lock (they are short), except the blocking ones here, which open it: Java then gives
the gate back, waits, and takes both again. A blocking function returns a value that says whether the calling thread
has been killed; its caller raises GreenletExit.
"""
import sys as _sys

import polyglot as _polyglot
from greenlet import GreenletExit

_host = _polyglot.import_value("katydid_host")
# Java methods that are called all the time are read once: each read of a member looks for it by name.
_sleep = _host.sleep
_ident = _host.ident
_lock_interop = _polyglot.__set_gil_locked_during_foreign_calls__


def load_compiled(module):
    """Tells that a compiled module is about to be loaded; why it must not be, or None (class UserThreadChoice)."""
    return _host.loadCompiled(module)


def enter_thread():
    """Every thread calls this first: from here on host calls keep the interpreter lock."""
    _lock_interop(True)


def blocking(function, *arguments):
    """Calls a Java method that waits and gives the gate back meanwhile; the interpreter lock is open during it."""
    _lock_interop(False)
    try:
        return function(*arguments)
    finally:
        _lock_interop(True)


def ident():
    """_thread.get_ident: the number of the calling thread. A user keeps its number while its Java threads change."""
    return _ident()


def forget_thread():
    """The calling thread ends: drops what threading.current_thread() (and so logging) has made for it and would keep, and
    its context variables."""
    number = _ident()
    contexts = _sys.modules.get("contextvars")
    if contexts is not None:
        contexts._forget(number)
    threading = _sys.modules.get("threading")
    if threading is not None:
        if isinstance(threading._active.get(number), threading._DummyThread):
            del threading._active[number]


def process_time_ns():
    """time.process_time_ns: what the process has had of the processors, so without the time it slept."""
    return _host.processTimeNanos()


def bind_thread():
    """The calling thread files something under its Java thread: a user will have no other one from now on."""
    _host.bindThread()


def port():
    """The run as Java offers it (class ScriptPort); None before the script has been initialised."""
    return _host.port()


def library():
    """Locust as a library, as Java offers it (class LibraryPort); None in a locustfile."""
    return _host.library()


def watch_replies():
    """Tells that some function wants to see the answers of the web UI."""
    _host.watchReplies()


def expect_listener(event):
    """Tells that somebody may listen to this event of an environment: Java does not call Python for others."""
    _host.expectListener(event)


def sleep(seconds):
    """Sleeps; True if the calling thread was killed meanwhile."""
    _lock_interop(False)
    try:
        return _sleep(seconds)
    finally:
        _lock_interop(True)


def take_kill():
    """True, once, if the calling thread has been told to die (or to raise something: see `death`)."""
    return _host.takeKill()


def new_stats():
    """Statistics of their own, outside of any run."""
    return _host.newStats()


def stats_time():
    """Now, as the statistics of the run have it: seconds since 1970, also when the system's clock is set meanwhile."""
    return _host.statsTime()


def new_dispatcher(workers, classes):
    """A dispatcher of a program's own (class PythonDispatcher); `classes`: lists of name, weight, fixed count."""
    return _host.newDispatcher(workers, classes)


def death():
    """What to raise after a blocking call has said that the calling thread was killed."""
    exception = _host.taken()
    return GreenletExit() if exception is None else exception


def leave():
    """Called by a user that has been told to end, and obeys: what follows is its on_stop, which may take its time."""
    _host.leave()


def _raise_pending():
    """Called in a thread that was told to raise something long ago and has never blocked since."""
    if _host.takeKill():
        raise death()


_polyglot.export_value("katydid_raise_pending", _raise_pending)


def alarm(seconds, exception):
    """Raises the exception in the calling thread when the time is up; cancel() of the result calls it off."""
    return _host.alarm(seconds, exception)


class Semaphore:
    """A fair counting semaphore; the base of every lock, event and queue."""

    __slots__ = ("_java",)

    def __init__(self, permits=0):
        self._java = _host.newSemaphore(permits)

    def try_acquire(self):
        return self._java.tryAcquire()

    def acquire(self, timeout=-1.0):
        """1 = taken, 0 = timed out, -1 = the calling thread was killed. A negative timeout waits for ever."""
        java = self._java
        if java.tryAcquire():
            return 1
        if timeout == 0:
            return 0
        _lock_interop(False)
        try:
            return java.acquire(timeout)
        finally:
            _lock_interop(True)

    def release(self):
        self._java.release()

    def release_up_to(self, most):
        """As release(), unless more than `most` permits would be free; then False and nothing happens."""
        return self._java.releaseUpTo(most)

    def available(self):
        return self._java.available()

    def waiting(self):
        return self._java.waiting()


class ThreadHandle:
    """A thread that runs Python: join(timeout) -> 1/0/-1, alive(), kill(), ident()."""

    __slots__ = ("_java",)

    def __init__(self, java):
        self._java = java

    def ident(self):
        return self._java.ident()

    def alive(self):
        return self._java.alive()

    def kill(self):
        self._java.kill()

    def throw(self, exception):
        """Makes the thread raise the exception where it blocks, or at its next blocking call."""
        self._java.throwIn(exception)

    def join(self, timeout=-1.0):
        if not self._java.alive():
            return 1
        _lock_interop(False)
        try:
            return self._java.join(timeout)
        finally:
            _lock_interop(True)


def spawn(function, name="greenlet"):
    """Runs function() on a new thread. The function must not raise."""

    def body():
        _lock_interop(True)
        try:
            function()
        finally:
            forget_thread()

    return ThreadHandle(_host.spawn(body, name))


def current():
    """The calling thread's handle."""
    return ThreadHandle(_host.current())


enter_thread()


def _set_up_regex():
    """Compiles a first regular expression now. GraalPy sets its regex engine up at the first use, and waits then for
    every thread that is in the context: one that sleeps in Java would hold all of them up until it wakes."""
    import _sre
    _sre._new_compile("a", 32)


_set_up_regex()
