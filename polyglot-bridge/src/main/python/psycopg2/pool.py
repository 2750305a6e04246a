"""Connections that are kept for the next who needs one."""
import threading

import psycopg2
from psycopg2 import extensions as _extensions


class PoolError(psycopg2.Error):
    """The pool is closed, or has no connection left."""


class AbstractConnectionPool:
    """`minconn` connections at once, `maxconn` at most; the rest of the arguments are those of connect()."""

    def __init__(self, minconn, maxconn, *args, **kwargs):
        self.minconn = int(minconn)
        self.maxconn = int(maxconn)
        self.closed = False
        self._arguments = (args, kwargs)
        self._idle = []
        self._used = {}
        self._keys = {}
        self._last = 0
        for _ in range(self.minconn):
            self._idle.append(self._connect())

    def _connect(self):
        args, kwargs = self._arguments
        return psycopg2.connect(*args, **kwargs)

    def _getconn(self, key=None):
        if self.closed:
            raise PoolError("connection pool is closed")
        if key is None:
            self._last += 1
            key = self._last
        if key in self._used:
            return self._used[key]
        if self._idle:
            connection = self._idle.pop()
        elif len(self._used) >= self.maxconn:
            raise PoolError("connection pool exhausted")
        else:
            # Counted before it is there: others ask while this one connects.
            self._used[key] = None
            try:
                connection = self._connect()
            except BaseException:
                del self._used[key]
                raise
        self._used[key] = connection
        self._keys[id(connection)] = key
        return connection

    def _putconn(self, conn, key=None, close=False):
        if self.closed:
            raise PoolError("connection pool is closed")
        if key is None:
            key = self._keys.get(id(conn))
            if key is None:
                raise PoolError("trying to put unkeyed connection")
        if len(self._idle) < self.minconn and not close and not conn.closed:
            status = conn.get_transaction_status()
            if status == _extensions.TRANSACTION_STATUS_UNKNOWN:
                conn.close()
            else:
                if status != _extensions.TRANSACTION_STATUS_IDLE:
                    conn.rollback()
                self._idle.append(conn)
        else:
            conn.close()
        self._used.pop(key, None)
        self._keys.pop(id(conn), None)

    def _closeall(self):
        if self.closed:
            raise PoolError("connection pool is closed")
        for connection in [*self._idle, *self._used.values()]:
            try:
                connection.close()
            except Exception:
                # Lost already.
                pass
        self.closed = True


class SimpleConnectionPool(AbstractConnectionPool):
    """For one thread."""

    def getconn(self, key=None):
        """A connection; the same for the same key until it is put back."""
        return self._getconn(key)

    def putconn(self, conn, key=None, close=False):
        """Gives a connection back."""
        self._putconn(conn, key, close)

    def closeall(self):
        """Closes all connections."""
        self._closeall()


class ThreadedConnectionPool(AbstractConnectionPool):
    """For several threads."""

    def __init__(self, minconn, maxconn, *args, **kwargs):
        super().__init__(minconn, maxconn, *args, **kwargs)
        self._lock = threading.Lock()

    def getconn(self, key=None):
        """A connection; the same for the same key until it is put back."""
        with self._lock:
            return self._getconn(key)

    def putconn(self, conn=None, key=None, close=False):
        """Gives a connection back."""
        with self._lock:
            self._putconn(conn, key, close)

    def closeall(self):
        """Closes all connections."""
        with self._lock:
            self._closeall()
