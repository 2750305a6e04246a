"""Limits of time."""


class Timeout:
    """Seconds for connecting and for each read; None waits for ever."""

    DEFAULT_TIMEOUT = None

    def __init__(self, total=None, connect=None, read=None):
        self.total = total
        self._connect = connect
        self._read = read

    @property
    def connect_timeout(self):
        return self._shorter(self._connect)

    @property
    def read_timeout(self):
        return self._shorter(self._read)

    def _shorter(self, value):
        limits = [limit for limit in (value, self.total) if limit is not None]
        return min(limits) if limits else None

    @classmethod
    def from_float(cls, timeout):
        return cls(connect=timeout, read=timeout)

    def clone(self):
        return type(self)(self.total, self._connect, self._read)

    def __repr__(self):
        return f"{type(self).__name__}(connect={self._connect!r}, read={self._read!r}, total={self.total!r})"
