"""Greenlet: a function on a thread of its own, with a result."""
import _thread
import sys

import _katydid
from greenlet import GreenletExit, greenlet

from gevent._links import Linked, _deadline, _left, iwait
from gevent.timeout import Timeout

_get_ident = _thread.get_ident
# The Greenlet of every thread that has one, by the thread's number.
_current = {}
# What getcurrent() gave a thread that has no Greenlet.
_own = _thread._local()
_names = iter(range(sys.maxsize))


class Greenlet(Linked, greenlet):
    """As gevent's. It starts running when the thread that started it waits for something."""

    value = None
    _exc_info = None
    _handle = None
    _timer = None
    _started = False
    _kill_before_start = None

    def __init__(self, run=None, *args, **kwargs):
        if run is not None and not callable(run):
            raise TypeError("The run argument must be callable")
        Linked.__init__(self)
        if run is not None:
            self._run = run
        self.args = args
        self.kwargs = kwargs
        self.minimal_ident = next(_names)
        self.parent = None
        self._name = None

    @classmethod
    def spawn(cls, *args, **kwargs):
        """Makes one and starts it."""
        if cls is Greenlet and not args:
            raise TypeError("spawn() needs a function to run")
        new = cls(*args, **kwargs)
        new.start()
        return new

    @classmethod
    def spawn_later(cls, seconds, *args, **kwargs):
        if cls is Greenlet and not args:
            raise TypeError("spawn_later() needs a function to run")
        new = cls(*args, **kwargs)
        new.start_later(seconds)
        return new

    def _run(self, *args, **kwargs):
        """What to do; a subclass may define it instead of passing a function."""

    def start(self):
        if not self._started:
            self._started = True
            self._handle = _katydid.spawn(self._main, "greenlet")

    def start_later(self, seconds):
        if not self._started:
            self._started = True
            self._timer = seconds
            self._handle = _katydid.spawn(self._main, "greenlet")

    def _main(self):
        ident = _get_ident()
        _current[ident] = self
        try:
            try:
                if self._timer is not None and _katydid.sleep(self._timer):
                    raise _katydid.death()
                self._timer = None
                if self._kill_before_start is not None:
                    raise self._kill_before_start
                result = self._run(*self.args, **self.kwargs)
            except GreenletExit as death:
                self._finish(death, None)
            except BaseException as error:
                self._finish(None, (type(error), error, error.__traceback__))
                _failed(self, error)
            else:
                self._finish(result, None)
        finally:
            _current.pop(ident, None)

    def _finish(self, value, exc_info):
        self.value = value
        self._exc_info = exc_info
        self._ready = True
        self._call_links()

    # --- state ---

    @property
    def dead(self):
        return self._ready

    @property
    def started(self):
        return self._started and not self._ready

    def __bool__(self):
        return self._started and not self._ready

    def successful(self):
        return self._ready and self._exc_info is None

    @property
    def loop(self):
        from gevent.hub import get_hub

        return get_hub().loop

    @property
    def exception(self):
        return self._exc_info[1] if self._exc_info else None

    @property
    def exc_info(self):
        return self._exc_info or (None, None, None)

    @property
    def name(self):
        return self._name or f"Greenlet-{self.minimal_ident}"

    @name.setter
    def name(self, name):
        self._name = name

    @property
    def gr_frame(self):
        return None

    def run(self):
        """Runs it on the calling thread, as Greenlet.run does in gevent's own loop."""
        self._started = True
        self._main()

    # --- waiting ---

    def join(self, timeout=None):
        if self is not getcurrent():
            self._wait_ready(timeout)

    def get(self, block=True, timeout=None):
        if not self._ready:
            if not block:
                raise Timeout()
            if not self._wait_ready(timeout):
                raise Timeout(timeout)
        if self._exc_info is not None:
            raise self._exc_info[1]
        return self.value

    # --- links ---

    def link(self, callback, SpawnedLink=None):
        self.rawlink(callback)

    def link_value(self, callback, SpawnedLink=None):
        self.rawlink(_Filtered(callback, True))

    def link_exception(self, callback, SpawnedLink=None):
        self.rawlink(_Filtered(callback, False))

    def unlink_all(self):
        self._links.clear()

    # --- the end ---

    def kill(self, exception=GreenletExit, block=True, timeout=None):
        if self._ready:
            return
        death = _as_exception(exception)
        if not self._started:
            self._started = True
            self._end_unstarted(death)
            return
        if self is getcurrent():
            raise death
        if self._kill_before_start is None:
            self._kill_before_start = death
        if isinstance(death, GreenletExit):
            self._handle.kill()
        else:
            self._handle.throw(death)
        if block:
            self._wait_ready(timeout)

    def throw(self, typ=GreenletExit, val=None, tb=None):
        self.kill(typ if val is None else (val if isinstance(val, BaseException) else typ(val)), block=False)

    def _end_unstarted(self, death):
        if isinstance(death, GreenletExit):
            self._finish(death, None)
        else:
            self._finish(None, (type(death), death, None))

    def __repr__(self):
        function = getattr(self._run, "__name__", None) or repr(self._run)
        return f"<{type(self).__name__} \"{self.name}\" at {hex(id(self))}: {function}>"


def _failed(greenlet, error):
    """Says on stderr what a greenlet has died of; sys.exit() ends the program that a run belongs to."""
    if isinstance(error, SystemExit):
        run = sys.modules.get("locust._runtime")
        if run is not None:
            run.exit_program(error)
        return
    from gevent.hub import print_failure

    print_failure(greenlet, greenlet._exc_info)


class _Filtered:
    """A link that is called only for success, or only for failure."""

    def __init__(self, callback, success):
        self.callback = callback
        self.success = success

    def __call__(self, source):
        if source.successful() == self.success:
            self.callback(source)

    def __eq__(self, other):
        return other is self or other == self.callback

    __hash__ = None


class ThreadGreenlet(greenlet):
    """What getcurrent() gives in a thread that no Greenlet was made for: a user's, a threading.Thread's."""

    dead = False
    started = True

    def __init__(self, handle):
        self._handle = handle
        self.parent = None
        self.minimal_ident = handle.ident()
        self.name = f"Greenlet-{self.minimal_ident}"

    def __bool__(self):
        return self._handle.alive()

    def ready(self):
        return not self._handle.alive()

    def join(self, timeout=None):
        if self._handle.join(-1.0 if timeout is None else timeout) < 0:
            raise _katydid.death()

    def kill(self, exception=GreenletExit, block=True, timeout=None):
        if self._handle.ident() == _get_ident():
            raise _as_exception(exception)
        self.throw(exception)
        if block:
            self.join(timeout)

    def throw(self, typ=GreenletExit, val=None, tb=None):
        death = _as_exception(typ if val is None else val)
        if isinstance(death, GreenletExit):
            self._handle.kill()
        else:
            self._handle.throw(death)


def _as_exception(exception):
    return exception() if isinstance(exception, type) else exception


def getcurrent():
    """The greenlet that calls this; the same object every time."""
    ident = _get_ident()
    found = _current.get(ident)
    if found is None:
        found = getattr(_own, "greenlet", None)
        if found is None:
            found = _own.greenlet = ThreadGreenlet(_katydid.current())
    return found


def of_thread(handle):
    """The greenlet of a thread that no Greenlet was made for."""
    return getcurrent() if handle.ident() == _get_ident() else ThreadGreenlet(handle)


def running():
    """Greenlets that have started and not ended, without the calling one."""
    ident = _get_ident()
    return [item for key, item in list(_current.items()) if key != ident]


def joinall(greenlets, timeout=None, raise_error=False, count=None):
    """Waits until all (or `count`) have ended; the ones that have."""
    done = []
    for item in iwait(greenlets, timeout, count):
        if raise_error and getattr(item, "exception", None) is not None:
            raise item.exception
        done.append(item)
    return done


def killall(greenlets, exception=GreenletExit, block=True, timeout=None):
    """Kills all and waits for them; Timeout if that takes longer than given."""
    me = getcurrent()
    others = [item for item in greenlets if item is not me and not item.ready()]
    deadline = _deadline(timeout)
    for item in others:
        item.kill(exception, block=False)
    if block:
        for item in others:
            left = _left(deadline)
            item.join(None if left < 0 else left)
            if left >= 0 and not item.ready():
                raise Timeout(timeout)


def kill(target, exception=GreenletExit):
    """Kills a greenlet without waiting for it."""
    target.kill(exception, block=False)
