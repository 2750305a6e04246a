"""psycopg2 on PostgreSQL's JDBC driver: connections, cursors, types and errors as locustfiles know them. See
docs/packages.md for what differs. Whoever waits for the server lets the other users run."""
from psycopg2._adapt import Binary
from psycopg2._errors import (DatabaseError, DataError, Error, IntegrityError, InterfaceError, InternalError,
                              NotSupportedError, OperationalError, ProgrammingError, Warning)
from psycopg2._types import BINARY, DATETIME, NUMBER, ROWID, STRING
from psycopg2 import errors, extensions

apilevel = "2.0"
threadsafety = 2
paramstyle = "pyformat"
__version__ = "2.9.10 (dt dec pq3 ext lo64)"
__libpq_version__ = 170000


def connect(dsn=None, connection_factory=None, cursor_factory=None, **kwargs):
    """A connection. `dsn` is a string of keywords or a URL; keywords are host, port, dbname, user, password and libpq's
    others."""
    asynchronous = {name: kwargs.pop(name) for name in ("async", "async_") if name in kwargs}
    made = extensions.make_dsn(dsn, **kwargs)
    if any(asynchronous.values()):
        raise NotSupportedError("asynchronous connections do not exist here: users wait without stopping others")
    connection = (connection_factory or extensions.connection)(made)
    if cursor_factory is not None:
        connection.cursor_factory = cursor_factory
    return connection


def Date(year, month, day):
    """A date as a literal."""
    import datetime
    return extensions.DateFromPy(datetime.date(year, month, day))


def Time(hour, minute, second, tzinfo=None):
    """A time as a literal."""
    import datetime
    whole = int(second)
    return extensions.TimeFromPy(datetime.time(hour, minute, whole, round((second - whole) * 1_000_000), tzinfo))


def Timestamp(year, month, day, hour=0, minute=0, second=0, tzinfo=None):
    """A timestamp as a literal."""
    import datetime
    whole = int(second)
    return extensions.TimestampFromPy(
        datetime.datetime(year, month, day, hour, minute, whole, round((second - whole) * 1_000_000), tzinfo))


def DateFromTicks(ticks):
    """The date of seconds since 1970, local time."""
    import datetime
    return extensions.DateFromPy(datetime.date.fromtimestamp(ticks))


def TimeFromTicks(ticks):
    """The time of day of seconds since 1970, local time."""
    import datetime
    return extensions.TimeFromPy(datetime.datetime.fromtimestamp(ticks).time())


def TimestampFromTicks(ticks):
    """The timestamp of seconds since 1970, local time."""
    import datetime
    return extensions.TimestampFromPy(datetime.datetime.fromtimestamp(ticks).astimezone())
