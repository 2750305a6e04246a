"""Timeout: an exception that is raised in the calling thread when the time is up and it blocks."""
import _katydid


class Timeout(BaseException):
    """As gevent's: a BaseException, so that `except Exception` does not hide it."""

    _alarm = None

    def __init__(self, seconds=None, exception=None, ref=True, priority=-1, _one_shot=False):
        BaseException.__init__(self)
        self.seconds = seconds
        self.exception = exception

    def start(self):
        if self.pending:
            raise AssertionError(f"{self!r} is already started; to restart it, cancel it first")
        if self.seconds is None:
            return
        to_raise = self.exception
        if to_raise is None or to_raise is False or isinstance(to_raise, str):
            to_raise = self
        elif isinstance(to_raise, type):
            to_raise = to_raise()
        self._alarm = _katydid.alarm(self.seconds, to_raise)

    @classmethod
    def start_new(cls, timeout=None, exception=None, ref=True, _one_shot=False):
        """A running Timeout; one that is given is started if it is not running."""
        if isinstance(timeout, Timeout):
            if not timeout.pending:
                timeout.start()
            return timeout
        new = cls(timeout, exception)
        new.start()
        return new

    @property
    def pending(self):
        return self._alarm is not None

    def cancel(self):
        alarm, self._alarm = self._alarm, None
        if alarm is not None:
            alarm.cancel()

    close = cancel

    def __enter__(self):
        if not self.pending:
            self.start()
        return self

    def __exit__(self, kind, value, traceback):
        self.cancel()
        if value is self and self.exception is False:
            return True
        return None

    def __str__(self):
        if self.seconds is None:
            return ""
        suffix = "" if self.seconds == 1 else "s"
        if self.exception is None or self.exception is False:
            return f"{self.seconds} second{suffix}"
        return f"{self.seconds} second{suffix}: {self.exception}"

    def __repr__(self):
        state = " pending" if self.pending else ""
        return f"<{type(self).__name__} at {hex(id(self))} seconds={self.seconds}{state}>"


_NOT_GIVEN = object()


def with_timeout(seconds, function, *args, timeout_value=_NOT_GIVEN, **kwargs):
    """function(*args, **kwargs), or timeout_value (else a Timeout is raised) if it takes longer."""
    timeout = Timeout.start_new(seconds)
    try:
        return function(*args, **kwargs)
    except Timeout as raised:
        if raised is timeout and timeout_value is not _NOT_GIVEN:
            return timeout_value
        raise
    finally:
        timeout.cancel()
