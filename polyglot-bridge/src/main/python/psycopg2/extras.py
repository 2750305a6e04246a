"""Cursors with rows by name, statements in batches, and types that are used once they are registered."""
import logging as _logging
import os as _os
import re as _re
import time as _time
from collections import namedtuple

from psycopg2 import _adapt, _types
from psycopg2 import extensions as _ext
from psycopg2._errors import NotSupportedError, ProgrammingError
from psycopg2._range import (DateRange, DateTimeRange, DateTimeTZRange, NumericRange, Range, RangeAdapter, RangeCaster,
                             register_range)
from psycopg2.extensions import connection as _connection
from psycopg2.extensions import cursor as _cursor
from psycopg2.extensions import quote_ident

# --- rows by name -----------------------------------------------------------------------------------------------------


class DictRow(list):
    """A row: a list whose values can be had by the column's name too."""

    __slots__ = ("_index",)

    def __init__(self, cursor):
        self._index = cursor.index
        super().__init__([None] * len(cursor.description))

    def __getitem__(self, key):
        return super().__getitem__(key if isinstance(key, (int, slice)) else self._index[key])

    def __setitem__(self, key, value):
        super().__setitem__(key if isinstance(key, (int, slice)) else self._index[key], value)

    def items(self):
        """(name, value) of all columns."""
        for name in self._index:
            yield name, self[name]

    def keys(self):
        """The names."""
        return iter(self._index)

    def values(self):
        """The values."""
        return iter(list(self))

    def get(self, key, default=None):
        """The value of a column, or the default if there is no such column."""
        return self[key] if key in self._index else default

    def copy(self):
        """The row as a dict."""
        return dict(self.items())

    def __contains__(self, key):
        return key in self._index

    def __reduce__(self):
        return _row_of, (dict(self._index), list(self))


def _row_of(index, values):
    row = DictRow.__new__(DictRow)
    row._index = index
    row[:] = values
    return row


class DictCursorBase(_cursor):
    """A cursor with rows that know the columns' names: `index` has their places."""

    row_factory = None

    def __init__(self, *args, **kwargs):
        row_factory = kwargs.pop("row_factory", None)
        super().__init__(*args, **kwargs)
        if row_factory is not None:
            self.row_factory = row_factory
        self.index = {}

    def _find_casters(self):
        super()._find_casters()
        self.index = {one.name: place for place, one in enumerate(self.description)}
        self.column_mapping = [one.name for one in self.description]


class DictCursor(DictCursorBase):
    """Gives DictRows."""

    row_factory = DictRow


class RealDictRow(dict):
    """A row as a dict."""

    def __init__(self, *args, **kwargs):
        if args and isinstance(args[0], _cursor):
            names = args[0].column_mapping
            super().__init__(dict.fromkeys(names))
            return
        super().__init__(*args, **kwargs)

    def copy(self):
        return RealDictRow(self)

    def __repr__(self):
        return f"RealDictRow({super().__repr__()})"


class RealDictCursor(DictCursorBase):
    """Gives dicts."""

    row_factory = RealDictRow

    def _made_row(self, values):
        if self.row_factory is RealDictRow:
            return RealDictRow(zip(self.column_mapping, values))
        row = self.row_factory(self)
        for name, value in zip(self.column_mapping, values):
            row[name] = value
        return row


class NamedTupleCursor(_cursor):
    """Gives named tuples, all of a class Record."""

    Record = None

    def _find_casters(self):
        super()._find_casters()
        self.Record = None

    def _make_nt(self):
        taken = []
        for one in self.description:
            name = _re.sub(r"\W", "_", one.name, flags=_re.ASCII)
            if not name or name[0].isdigit() or name[0] == "_":
                name = "f" + name
            taken.append(name)
        return namedtuple("Record", taken)

    def _made_row(self, values):
        if self.Record is None:
            self.Record = self._make_nt()
        return self.Record._make(values)


class DictConnection(_connection):
    """A connection whose cursors are DictCursors."""

    def cursor(self, *args, **kwargs):
        kwargs.setdefault("cursor_factory", self.cursor_factory or DictCursor)
        return super().cursor(*args, **kwargs)


class RealDictConnection(_connection):
    """A connection whose cursors are RealDictCursors."""

    def cursor(self, *args, **kwargs):
        kwargs.setdefault("cursor_factory", self.cursor_factory or RealDictCursor)
        return super().cursor(*args, **kwargs)


class NamedTupleConnection(_connection):
    """A connection whose cursors are NamedTupleCursors."""

    def cursor(self, *args, **kwargs):
        kwargs.setdefault("cursor_factory", self.cursor_factory or NamedTupleCursor)
        return super().cursor(*args, **kwargs)


# --- logs -------------------------------------------------------------------------------------------------------------


class LoggingConnection(_connection):
    """A connection that logs its statements to what initialize() names: a file or a logger."""

    def initialize(self, logobj):
        """Names the file or the logger."""
        self._logobj = logobj
        self.log = self._logtologger if isinstance(logobj, _logging.Logger) else self._logtofile

    def filter(self, msg, curs):
        """What to log of a statement; None for nothing."""
        return msg

    def _logtofile(self, msg, curs):
        msg = self.filter(msg, curs)
        if msg:
            self._logobj.write((msg.decode() if isinstance(msg, bytes) else msg) + _os.linesep)

    def _logtologger(self, msg, curs):
        msg = self.filter(msg, curs)
        if msg:
            self._logobj.debug(msg)

    def cursor(self, *args, **kwargs):
        if not hasattr(self, "_logobj"):
            raise self.ProgrammingError("LoggingConnection object has not been initialize()d")
        kwargs.setdefault("cursor_factory", self.cursor_factory or LoggingCursor)
        return super().cursor(*args, **kwargs)


class LoggingCursor(_cursor):
    """Of a LoggingConnection."""

    def execute(self, query, vars=None):
        try:
            return super().execute(query, vars)
        finally:
            self.connection.log(self.query, self)

    def callproc(self, procname, vars=None):
        return super().callproc(procname, vars)


class MinTimeLoggingConnection(LoggingConnection):
    """Logs the statements that took longer than so many milliseconds."""

    def initialize(self, logobj, mintime=0):
        super().initialize(logobj)
        self._mintime = mintime

    def filter(self, msg, curs):
        millis = (_time.time() - curs.timestamp) * 1000
        if millis <= self._mintime:
            return None
        text = msg.decode() if isinstance(msg, bytes) else msg
        return f"{text}{_os.linesep}  (execution time: {int(millis)} ms)"

    def cursor(self, *args, **kwargs):
        kwargs.setdefault("cursor_factory", self.cursor_factory or MinTimeLoggingCursor)
        return super().cursor(*args, **kwargs)


class MinTimeLoggingCursor(LoggingCursor):
    """Of a MinTimeLoggingConnection."""

    def execute(self, query, vars=None):
        self.timestamp = _time.time()
        return super().execute(query, vars)


# --- batches ----------------------------------------------------------------------------------------------------------


def _pages(values, size):
    page = []
    for one in values:
        page.append(one)
        if len(page) == size:
            yield page
            page = []
    if page:
        yield page


def execute_batch(cur, sql, argslist, page_size=100):
    """Runs a statement for each of the values, so many in one text."""
    for page in _pages(argslist, page_size):
        cur.execute(b";".join(cur.mogrify(sql, one) for one in page))


def execute_values(cur, sql, argslist, template=None, page_size=100, fetch=False):
    """Runs a statement with VALUES %s for so many rows at a time; with `fetch` the rows it returns."""
    if not isinstance(sql, (str, bytes)):
        sql = sql.as_string(cur)
    if isinstance(sql, bytes):
        sql = sql.decode()
    before, after = _around_placeholder(sql)
    found = [] if fetch else None
    for page in _pages(argslist, page_size):
        if template is None:
            template = "(" + ",".join(["%s"] * len(page[0])) + ")"
        cur.execute((before + ",".join(cur.mogrify(template, one).decode() for one in page) + after).encode())
        if fetch:
            found += cur.fetchall()
    return found


def _around_placeholder(sql):
    """What stands before and after the only %s; %% is a percent sign."""
    parts = _re.split(r"(%.?)", sql)
    before, after = [], []
    part = before
    for one in parts:
        if one == "%s":
            if part is after:
                raise ValueError("the query contains more than one '%s' placeholder")
            part = after
        elif one == "%%":
            part.append("%")
        elif one[:1] == "%":
            raise ValueError(f"unsupported format character: '{one[1:]}'")
        else:
            part.append(one)
    if part is before:
        raise ValueError("the query doesn't contain any '%s' placeholder")
    return "".join(before), "".join(after)


# --- JSON -------------------------------------------------------------------------------------------------------------


class Json(_adapt._Adapter):
    """A value that is sent as JSON."""

    def __init__(self, adapted, dumps=None):
        super().__init__(adapted)
        self._dumps = dumps

    def dumps(self, obj):
        """The value as JSON text."""
        if self._dumps is not None:
            return self._dumps(obj)
        import json
        return json.dumps(obj)

    def getquoted(self):
        return _adapt.quoted(self.dumps(self._wrapped), self._conn).encode("utf-8")


def register_json(conn_or_curs=None, globally=False, loads=None, oid=None, array_oid=None, name="json"):
    """Reads JSON of the database with loads() from now on."""
    if oid is None:
        oid, array_oid = _oids(conn_or_curs, name)
    if loads is None:
        from _katydid_json import loads
    kind = _types.new_type((oid,), name.upper(), lambda value, cursor: None if value is None else loads(value))
    array = _types.new_array_type((array_oid,), name.upper() + "ARRAY", kind) if array_oid else None
    _register(kind, array, conn_or_curs, globally)
    return kind, array


def register_default_json(conn_or_curs=None, globally=False, loads=None):
    """The same for the type json."""
    return register_json(conn_or_curs, globally, loads, 114, 199)


def register_default_jsonb(conn_or_curs=None, globally=False, loads=None):
    """The same for the type jsonb."""
    return register_json(conn_or_curs, globally, loads, 3802, 3807, "jsonb")


def _oids(conn_or_curs, name):
    connection = getattr(conn_or_curs, "connection", conn_or_curs)
    with connection.cursor(cursor_factory=_cursor) as cursor:
        cursor.execute("select oid, typarray from pg_type where typname = %s", (name,))
        row = cursor.fetchone()
    if row is None:
        raise ProgrammingError(f"{name} data type not found")
    return row


def _register(kind, array, conn_or_curs, globally=False):
    for one in (kind, array):
        if one is not None:
            _types.register_type(one, None if globally else conn_or_curs)


# --- other types ------------------------------------------------------------------------------------------------------


class UUID_adapter(_adapt._Adapter):
    """A uuid.UUID."""

    @staticmethod
    def _literal(value, connection):
        return f"'{value}'::uuid"


def register_uuid(oids=None, conn_or_curs=None):
    """Has uuid.UUID in both directions from now on."""
    import uuid
    if oids is None:
        oid, array_oid = 2950, 2951
    else:
        oid, array_oid = oids if isinstance(oids, (list, tuple)) else (oids, 2951)
    kind = _types._type((oid,), "UUID", uuid.UUID)
    _register(kind, _types.new_array_type((array_oid,), "UUID[]", kind), conn_or_curs)
    _ext.register_adapter(uuid.UUID, UUID_adapter)
    return kind


class Inet(_adapt._Adapter):
    """An address, given as text."""

    def __init__(self, addr):
        super().__init__(addr)
        self.addr = addr

    def __repr__(self):
        return f"Inet({self.addr!r})"

    def __str__(self):
        return str(self.addr)

    def getquoted(self):
        return (_adapt.quoted(self.addr, self._conn) + "::inet").encode()


def register_inet(oid=None, conn_or_curs=None):
    """Gives addresses as Inet."""
    oid, array_oid = (869, 1041) if oid is None else oid if isinstance(oid, (list, tuple)) else (oid, 1041)
    kind = _types.new_type((oid,), "INET", lambda value, cursor: Inet(value) if value else None)
    _register(kind, _types.new_array_type((array_oid,), "INETARRAY", kind), conn_or_curs)
    return kind


def register_ipaddress(conn_or_curs=None):
    """Has the classes of the module ipaddress in both directions."""
    import ipaddress
    for oids, name, read in (((869, 1041), "INET", ipaddress.ip_interface), ((650, 651), "CIDR", ipaddress.ip_network)):
        kind = _types._type(oids[:1], name, lambda value, read=read: read(value))
        _register(kind, _types.new_array_type(oids[1:], name + "ARRAY", kind), conn_or_curs)
    for kind, sql in ((ipaddress.IPv4Interface, "inet"), (ipaddress.IPv6Interface, "inet"),
                      (ipaddress.IPv4Network, "cidr"), (ipaddress.IPv6Network, "cidr")):
        _ext.register_adapter(kind, lambda value, sql=sql: _ext.AsIs(f"'{value}'::{sql}"))


class HstoreAdapter(_adapt._Adapter):
    """A dict as an hstore."""

    def getquoted(self):
        if not self._wrapped:
            return b"''::hstore"
        keys = _adapt.literal(list(self._wrapped), self._conn)
        values = _adapt.literal(list(self._wrapped.values()), self._conn)
        return f"hstore({keys}, {values})".encode("utf-8")

    @staticmethod
    def parse(text, cursor=None):
        """The dict of an hstore's text."""
        if text is None:
            return None
        pattern = r'"((?:[^"\\]|\\.)*)"\s*=>\s*(?:(NULL)|"((?:[^"\\]|\\.)*)")'
        return {_re.sub(r"\\(.)", r"\1", key): None if null else _re.sub(r"\\(.)", r"\1", value)
                for key, null, value in _re.findall(pattern, text)}

    @classmethod
    def get_oids(cls, conn_or_curs):
        """The numbers of the type and its arrays: two tuples, empty where there is no hstore."""
        connection, cursor = _solve_conn_curs(conn_or_curs)
        status = connection.status
        cursor.execute("select oid, typarray from pg_type where typname = 'hstore'")
        rows = [tuple(row) for row in cursor.fetchall()]
        if status != _ext.STATUS_IN_TRANSACTION and not connection.autocommit:
            connection.rollback()
        return tuple(row[0] for row in rows), tuple(row[1] for row in rows)


def _solve_conn_curs(conn_or_curs):
    """(connection, a plain cursor of it) of either."""
    connection = getattr(conn_or_curs, "connection", conn_or_curs)
    return connection, connection.cursor(cursor_factory=_cursor)


def register_hstore(conn_or_curs, globally=False, unicode=False, oid=None, array_oid=None):
    """Has dicts for hstore in both directions."""
    if oid is None:
        oid, array_oid = HstoreAdapter.get_oids(conn_or_curs)
        if not oid:
            raise ProgrammingError("hstore type not found in the database. "
                                   "please install it from your 'contrib/hstore.sql' file")
    oid = (oid,) if isinstance(oid, int) else tuple(oid)
    array_oid = () if array_oid is None else (array_oid,) if isinstance(array_oid, int) else tuple(array_oid)
    kind = _types.new_type(oid, "HSTORE", HstoreAdapter.parse)
    array = _types.new_array_type(array_oid, "HSTOREARRAY", kind) if array_oid else None
    _register(kind, array, conn_or_curs, globally)
    _ext.register_adapter(dict, HstoreAdapter)


class CompositeCaster:
    """Gives the values of a composite type as named tuples."""

    def __init__(self, name, oid, attrs, array_oid=None, schema=None):
        self.name = name
        self.schema = schema
        self.oid = oid
        self.array_oid = array_oid
        self.attnames = [one[0] for one in attrs]
        self.atttypes = [one[1] for one in attrs]
        self._create_type(name, self.attnames)
        self.typecaster = _types.new_type((oid,), name, self.parse)
        self.array_typecaster = _types.new_array_type((array_oid,), f"{name}ARRAY", self.typecaster) if array_oid else None

    def _create_type(self, name, attnames):
        self.type = namedtuple(_re.sub(r"\W", "_", name), attnames, rename=True)
        self._ctor = self.type._make

    def parse(self, text, cursor):
        """The value of a text."""
        if text is None:
            return None
        fields = list(self.tokenize(text))
        if len(fields) != len(self.atttypes):
            from psycopg2._errors import DataError
            raise DataError(f"expecting {len(self.atttypes)} components for the type {self.name}, "
                            f"{len(fields)} found instead")
        return self.make(cursor.cast(oid, field) for oid, field in zip(self.atttypes, fields))

    def make(self, values):
        """The value of its parts."""
        return self._ctor(values)

    @staticmethod
    def tokenize(text):
        """The parts of a text such as (1,"a b",)."""
        at, end = 1, len(text) - 1
        while at <= end:
            if text[at] == '"':
                piece = []
                at += 1
                while True:
                    if text[at] == "\\" or text[at] == '"' and text[at + 1] == '"':
                        at += 1
                    elif text[at] == '"':
                        break
                    piece.append(text[at])
                    at += 1
                yield "".join(piece)
                at += 2
            else:
                stop = at
                while stop < end and text[stop] != ",":
                    stop += 1
                yield text[at:stop] or None
                at = stop + 1


def register_composite(name, conn_or_curs, globally=False, factory=None):
    """Has a composite type of the database as named tuples."""
    connection, cursor = _solve_conn_curs(conn_or_curs)
    schema, _, plain = name.rpartition(".")
    cursor.execute(
        "select t.oid, t.typarray, a.attname, a.atttypid, n.nspname from pg_type t join pg_namespace n on n.oid = "
        "t.typnamespace join pg_attribute a on a.attrelid = t.typrelid where t.typname = %s and (n.nspname = %s or "
        "%s = '' and pg_type_is_visible(t.oid)) and a.attnum > 0 and not a.attisdropped order by a.attnum",
        (plain, schema, schema))
    rows = cursor.fetchall()
    if not rows:
        raise ProgrammingError(f"PostgreSQL type '{name}' not found")
    caster = (factory or CompositeCaster)(plain, rows[0][0], [(row[2], row[3]) for row in rows], array_oid=rows[0][1],
                                          schema=rows[0][4])
    _register(caster.typecaster, caster.array_typecaster, connection, globally)
    return caster


# --- what is not there ------------------------------------------------------------------------------------------------


def wait_select(conn):
    """Returns at once: there are no asynchronous connections here."""


REPLICATION_PHYSICAL = 12345678
REPLICATION_LOGICAL = 87654321


class LogicalReplicationConnection(_connection):
    """Replication is not supported."""

    def __init__(self, *args, **kwargs):
        raise NotSupportedError("replication is not supported")


class PhysicalReplicationConnection(LogicalReplicationConnection):
    """Replication is not supported."""
