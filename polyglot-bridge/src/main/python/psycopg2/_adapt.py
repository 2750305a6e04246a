"""Python's values as literals of SQL. What is registered for a type makes an object whose getquoted() is the literal."""
import datetime

from psycopg2._errors import ProgrammingError


class ISQLQuote:
    """The protocol of what makes literals."""

    def __init__(self, wrapped):
        self._wrapped = wrapped

    def getquoted(self):
        """The literal in bytes."""
        raise NotImplementedError

    @property
    def adapted(self):
        """The value itself."""
        return self._wrapped


class _Adapter(ISQLQuote):
    """Of the types that are known here: _literal(value, connection) is the text."""

    encoding = "utf-8"
    _conn = None

    def __init__(self, adapted):
        super().__init__(adapted)

    def prepare(self, connection):
        """Names the connection whose rules for quoting apply."""
        self._conn = connection

    def getquoted(self):
        return self._literal(self._wrapped, self._conn).encode("utf-8", "surrogateescape")

    def __conform__(self, protocol):
        return self if protocol is ISQLQuote else None

    def __str__(self):
        return self.getquoted().decode("utf-8", "replace")

    @staticmethod
    def _literal(value, connection):
        raise NotImplementedError


def quoted(text, connection):
    """A text in quotes; of a class derived from str (an enum) its own text."""
    text = str.__str__(text)
    if "\0" in text:
        raise ValueError("A string literal cannot contain NUL (0x00) characters.")
    if "'" in text:
        text = text.replace("'", "''")
    if "\\" in text and connection is not None and not connection._standard_strings():
        return " E'" + text.replace("\\", "\\\\") + "'"
    return f"'{text}'"


def _signed(text):
    # -1 after a minus would begin a comment.
    return " " + text if text[0] == "-" else text


class AsIs(_Adapter):
    """A value that is put into the statement as str() writes it."""

    @staticmethod
    def _literal(value, connection):
        return str(value)


class QuotedString(_Adapter):
    """A str."""

    @staticmethod
    def _literal(value, connection):
        return quoted(value, connection)


class Binary(_Adapter):
    """Bytes."""

    @staticmethod
    def _literal(value, connection):
        if value is None:
            return "NULL"
        sign = " E'\\\\x" if connection is not None and not connection._standard_strings() else "'\\x"
        return f"{sign}{bytes(value).hex()}'::bytea"


class Boolean(_Adapter):
    """A bool."""

    @staticmethod
    def _literal(value, connection):
        return "true" if value else "false"


class Int(_Adapter):
    """An int; of a class derived from it (an enum) the number."""

    @staticmethod
    def _literal(value, connection):
        return _signed(int.__repr__(int(value)))


class Float(_Adapter):
    """A float."""

    @staticmethod
    def _literal(value, connection):
        value = float(value)
        if value != value:
            return "'NaN'::float"
        if value in (float("inf"), float("-inf")):
            return "'Infinity'::float" if value > 0 else "'-Infinity'::float"
        return _signed(repr(value))


class Decimal(_Adapter):
    """A decimal.Decimal."""

    @staticmethod
    def _literal(value, connection):
        return _signed(str(value)) if value.is_finite() else "'NaN'::numeric"


class NoneAdapter(_Adapter):
    """None."""

    @staticmethod
    def _literal(value, connection):
        return "NULL"


class _List(_Adapter):
    """A list, which is an array to the server."""

    @staticmethod
    def _literal(value, connection):
        if not value:
            return "'{}'"
        if _only_nulls(value):
            return f"'{_nulls(value)}'"
        return "ARRAY[" + ",".join(literal(one, connection) if one != [] or type(one) is not list else "ARRAY[]"
                                   for one in value) + "]"


_List.__name__ = "List"


def _only_nulls(value):
    return all(one is None or isinstance(one, list) and one and _only_nulls(one) for one in value)


def _nulls(value):
    return "{" + ",".join("NULL" if one is None else _nulls(one) for one in value) + "}"


class SQL_IN(_Adapter):
    """A tuple, as behind IN."""

    @staticmethod
    def _literal(value, connection):
        return "(" + ", ".join(literal(one, connection) for one in value) + ")"


class _DateTime(_Adapter):
    """A date, a time or a timestamp, with or without a zone."""

    @staticmethod
    def _literal(value, connection):
        if isinstance(value, datetime.datetime):
            kind = "timestamp" if value.tzinfo is None else "timestamptz"
        elif isinstance(value, datetime.date):
            kind = "date"
        else:
            kind = "time" if value.tzinfo is None else "timetz"
        return f"'{value.isoformat()}'::{kind}"


_DateTime.__name__ = "datetime"


class _Interval(_Adapter):
    """A timedelta."""

    @staticmethod
    def _literal(value, connection):
        return f"'{value.days} days {value.seconds}.{value.microseconds:06} seconds'::interval"


_Interval.__name__ = "interval"

# What makes the literals, by type and protocol; a locustfile's register_adapter() changes it.
adapters = {
    (kind, ISQLQuote): adapter
    for kind, adapter in ((float, Float), (int, Int), (bool, Boolean), (str, QuotedString), (bytes, Binary),
                          (bytearray, Binary), (memoryview, Binary), (list, _List), (datetime.date, _DateTime),
                          (datetime.time, _DateTime), (datetime.datetime, _DateTime), (datetime.timedelta, _Interval),
                          (tuple, SQL_IN), (type(None), NoneAdapter))}


def register_adapter(kind, adapter):
    """Uses adapter(value) for the values of a type from now on."""
    adapters[(kind, ISQLQuote)] = adapter


def _adapter_of(kind):
    """What is registered for a type or one it is derived from; None if nothing is."""
    for one in kind.__mro__:
        adapter = adapters.get((one, ISQLQuote))
        if adapter is not None:
            return adapter
        if one.__name__ == "Decimal" and one.__module__ in ("decimal", "_decimal", "_pydecimal"):
            # Not imported by every locustfile: it takes a while.
            register_adapter(one, Decimal)
            return Decimal
    return None


def adapt(value, protocol=ISQLQuote, alternate=None):
    """An object with getquoted() for a value; ProgrammingError if there is none."""
    adapter = adapters.get((type(value), protocol)) or _adapter_of(type(value))
    if adapter is not None:
        return adapter(value)
    conform = getattr(value, "__conform__", None)
    if conform is not None:
        adapted = conform(protocol)
        if adapted is not None:
            return adapted
    raise ProgrammingError(f"can't adapt type '{type(value).__name__}'")


def literal(value, connection):
    """A value as SQL."""
    adapter = adapters.get((type(value), ISQLQuote))
    if adapter is not None and "_literal" in getattr(adapter, "__dict__", ()):
        return adapter._literal(value, connection)
    adapted = adapt(value)
    prepare = getattr(adapted, "prepare", None)
    if prepare is not None and connection is not None:
        prepare(connection)
    text = adapted.getquoted()
    return text if isinstance(text, str) else bytes(text).decode("utf-8", "surrogateescape")


def compose(sql, values, connection):
    """A statement with its values put in place of %s or %(name)s."""
    if "%" not in sql:
        return sql
    out = []
    used = 0
    named = None
    start = 0
    while True:
        at = sql.find("%", start)
        if at < 0:
            out.append(sql[start:])
            break
        out.append(sql[start:at])
        sign = sql[at + 1:at + 2]
        if sign == "%":
            out.append("%")
            start = at + 2
            continue
        if sign == "(":
            end = sql.find(")", at)
            if end < 0:
                raise ProgrammingError("incomplete placeholder: '%(' without ')'")
            if named is False:
                raise ProgrammingError("argument formats can't be mixed")
            named = True
            value = values[sql[at + 2:end]]
            at = end
            sign = sql[at + 1:at + 2]
        elif sign == "s":
            if named:
                raise ProgrammingError("argument formats can't be mixed")
            named = False
            if hasattr(values, "keys"):
                raise TypeError(f"{type(values).__name__} is not a sequence")
            if not hasattr(values, "__getitem__"):
                raise TypeError(f"'{type(values).__name__}' object does not support indexing")
            if used >= len(values):
                raise IndexError(f"{type(values).__name__} index out of range")
            value = values[used]
            used += 1
        if sign != "s":
            if not sign:
                raise ValueError("incomplete format")
            raise ValueError(f"unsupported format character '{sign}' ({hex(ord(sign))}) at index {at + 1}")
        out.append(literal(value, connection))
        start = at + 2
    if used < len(values) and not named and not hasattr(values, "keys"):
        raise TypeError("not all arguments converted during string formatting")
    return "".join(out)
