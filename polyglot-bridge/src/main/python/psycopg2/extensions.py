"""psycopg2's classes, constants and registries beyond the DB-API."""
from psycopg2._adapt import (AsIs, Binary, Boolean, Float, Int, ISQLQuote, NoneAdapter, QuotedString, SQL_IN, adapt,
                             adapters, register_adapter)
from psycopg2._adapt import _DateTime, _Interval
from psycopg2._connection import ConnectionInfo, Notify, connection
from psycopg2._cursor import Column, cursor
from psycopg2._dsn import make_dsn, parse_dsn
from psycopg2._errors import Diagnostics, NotSupportedError, QueryCanceledError, TransactionRollbackError
from psycopg2._types import (BINARYARRAY, BOOLEAN, BOOLEANARRAY, BYTES, BYTESARRAY, DATE, DATEARRAY, DATETIMEARRAY, DECIMAL,
                             DECIMALARRAY, FLOAT, FLOATARRAY, INTEGER, INTEGERARRAY, INTERVAL, INTERVALARRAY, JSON,
                             JSONARRAY, JSONB, JSONBARRAY, LONGINTEGER, LONGINTEGERARRAY, PYDATE, PYDATEARRAY, PYDATETIME,
                             PYDATETIMEARRAY, PYDATETIMETZ, PYDATETIMETZARRAY, PYINTERVAL, PYINTERVALARRAY, PYTIME,
                             PYTIMEARRAY, ROWIDARRAY, STRINGARRAY, TIME, TIMEARRAY, UNICODE, UNICODEARRAY, binary_types,
                             new_array_type, new_type, register_type, string_types)

ISOLATION_LEVEL_AUTOCOMMIT = 0
ISOLATION_LEVEL_READ_UNCOMMITTED = 4
ISOLATION_LEVEL_READ_COMMITTED = 1
ISOLATION_LEVEL_REPEATABLE_READ = 2
ISOLATION_LEVEL_SERIALIZABLE = 3
ISOLATION_LEVEL_DEFAULT = None

STATUS_SETUP = 0
STATUS_READY = 1
STATUS_BEGIN = 2
STATUS_SYNC = 3
STATUS_ASYNC = 4
STATUS_PREPARED = 5
STATUS_IN_TRANSACTION = STATUS_BEGIN

POLL_OK = 0
POLL_READ = 1
POLL_WRITE = 2
POLL_ERROR = 3

TRANSACTION_STATUS_IDLE = 0
TRANSACTION_STATUS_ACTIVE = 1
TRANSACTION_STATUS_INTRANS = 2
TRANSACTION_STATUS_INERROR = 3
TRANSACTION_STATUS_UNKNOWN = 4

DateFromPy = TimeFromPy = TimestampFromPy = _DateTime
IntervalFromPy = _Interval

encodings = {"UTF8": "utf_8", "UTF-8": "utf_8", "UNICODE": "utf_8", "LATIN1": "iso8859_1", "SQL_ASCII": "ascii"}
_callbacks = []


def quote_ident(text, scope):
    """A name in double quotes."""
    if not isinstance(scope, (connection, cursor)):
        raise TypeError("argument 2 must be a connection or a cursor")
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def set_wait_callback(callback):
    """Remembers what psycogreen and the like set; it is not called: whoever waits for the server here lets others run."""
    _callbacks[:] = [] if callback is None else [callback]


def get_wait_callback():
    """What was set last, or None."""
    return _callbacks[0] if _callbacks else None


def libpq_version():
    """The version of libpq whose behaviour is followed."""
    return 170000


def encrypt_password(password, user, scope=None, algorithm=None):
    """A password as the server stores it: only the old kind, md5."""
    if algorithm not in (None, "md5"):
        raise NotSupportedError(f"password encryption {algorithm!r} is not supported")
    import hashlib
    return "md5" + hashlib.md5((password + user).encode()).hexdigest()


class Xid:
    """A transaction's number for two-phase commits, which are not supported."""

    def __init__(self, *arguments):
        raise NotSupportedError("two-phase transactions are not supported")


class lobject:
    """A large object; they are not supported."""

    def __init__(self, *arguments, **keywords):
        raise NotSupportedError("large objects are not supported")
