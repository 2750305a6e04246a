"""The server's texts as Python's values: one caster for each type of the server, found by its number."""
import datetime

from psycopg2._errors import DataError


class Type:
    """A caster: `values` are the numbers of the server's types it is for. Compares equal to each of them."""

    def __init__(self, values, name, cast, plain=None):
        self.values = tuple(values)
        self.name = name
        self._cast = cast
        # The same for texts only, without a cursor; None where the cast must be called also for nulls.
        self.plain = plain

    def __call__(self, value, cursor=None):
        return self._cast(value, cursor)

    def __eq__(self, other):
        if isinstance(other, Type):
            return bool(set(self.values) & set(other.values))
        return other in self.values

    def __hash__(self):
        return hash(self.values)

    def __repr__(self):
        return f"<psycopg2._psycopg.type '{self.name}' at {hex(id(self))}>"


Type.__name__ = Type.__qualname__ = "type"
Type.__module__ = "psycopg2._psycopg"


def _type(values, name, plain):
    return Type(values, name, lambda value, cursor: None if value is None else plain(value), plain)


def new_type(values, name, castobj):
    """A caster of one's own: castobj(text or None, cursor) makes the value."""
    return Type(values, name, castobj)


def new_array_type(values, name, base):
    """A caster for arrays of what another caster is for."""
    def cast(value, cursor):
        return None if value is None else parse_array(value, lambda text: base(text, cursor))
    plain = None if base.plain is None else lambda text: parse_array(text, base.plain, True)
    return Type(values, name, cast, plain)


def parse_array(text, item, keep_nulls=False):
    """The (nested) list of an array's text; `keep_nulls`: item() is not called for nulls."""
    if text[:1] == "[":
        # Bounds that do not begin at 1.
        text = text[text.index("=") + 1:]
    if text[:1] != "{":
        raise DataError("array does not start with '{'")
    if "\"" not in text and text.rfind("{") == 0:
        inner = text[1:-1]
        if not inner:
            return []
        return [(None if keep_nulls else item(None)) if one == "NULL" else item(one) for one in inner.split(",")]
    stack = []
    result = None
    at = 0
    size = len(text)
    while at < size:
        sign = text[at]
        if sign == "{":
            stack.append([])
            at += 1
        elif sign == "}":
            done = stack.pop()
            if stack:
                stack[-1].append(done)
            else:
                result = done
            at += 1
        elif sign == ",":
            at += 1
        elif sign == "\"":
            piece = []
            at += 1
            while text[at] != "\"":
                if text[at] == "\\":
                    at += 1
                piece.append(text[at])
                at += 1
            at += 1
            stack[-1].append(item("".join(piece)))
        else:
            end = at
            while text[end] not in ",}":
                end += 1
            word = text[at:end]
            stack[-1].append((None if keep_nulls else item(None)) if word == "NULL" else item(word))
            at = end
    if result is None or stack:
        raise DataError("malformed array")
    return result


def _text(value):
    return value


def _boolean(value):
    return value == "t"


def _decimal(value):
    from decimal import Decimal
    return Decimal(value)


def _bytes(value):
    if value[:2] == "\\x":
        return memoryview(bytes.fromhex(value[2:]))
    # The format of servers before 9.0: backslashes and octal numbers.
    out = bytearray()
    at = 0
    while at < len(value):
        if value[at] != "\\":
            out += value[at].encode()
            at += 1
        elif value[at + 1] == "\\":
            out += b"\\"
            at += 2
        else:
            out.append(int(value[at + 1:at + 4], 8))
            at += 4
    return memoryview(bytes(out))


def _day(value):
    """(year, month, day) of a date's text."""
    if value.endswith(" BC"):
        raise ValueError(f"year -{int(value.split('-')[0])} is out of range")
    year, month, day = value.split("-")
    if len(year) > 4:
        raise ValueError(f"year {year} is out of range")
    return int(year), int(month), int(day)


def _date(value):
    if value[-8:] == "infinity":
        return datetime.date.min if value[0] == "-" else datetime.date.max
    return datetime.date(*_day(value))


def _clock(value):
    """(hours, minutes, seconds, microseconds) of a time's text."""
    whole, _, fraction = value.partition(".")
    hours, minutes, seconds = whole.split(":")
    return int(hours), int(minutes), int(seconds), int(fraction[:6].ljust(6, "0")) if fraction else 0


def _split_zone(value):
    """A time's text without its zone, and the zone as a timedelta, or None."""
    at = max(value.rfind("+"), value.rfind("-"))
    if at < 0:
        return value, None
    parts = [int(one) for one in value[at + 1:].split(":")] + [0, 0]
    zone = datetime.timedelta(hours=parts[0], minutes=parts[1], seconds=parts[2])
    return value[:at], -zone if value[at] == "-" else zone


def _timestamp(value):
    if value[-8:] == "infinity":
        return datetime.datetime.min if value[0] == "-" else datetime.datetime.max
    day, _, clock = value.partition(" ")
    if clock.endswith(" BC"):
        day += " BC"
    return datetime.datetime(*_day(day), *_clock(clock))


def _zone(cursor):
    return datetime.timezone if cursor is None else cursor.tzinfo_factory


def _timestamptz(value, cursor):
    if value is None:
        return None
    factory = _zone(cursor)
    if value[-8:] == "infinity":
        far = datetime.datetime.min if value[0] == "-" else datetime.datetime.max
        return far if factory is None else far.replace(tzinfo=datetime.timezone.utc)
    day, _, clock = value.partition(" ")
    if clock.endswith(" BC"):
        day += " BC"
    clock, zone = _split_zone(clock)
    return datetime.datetime(*_day(day), *_clock(clock), None if factory is None else factory(zone))


def _time(value, cursor):
    if value is None:
        return None
    value, zone = _split_zone(value)
    hours, minutes, seconds, micros = _clock(value)
    factory = _zone(cursor)
    return datetime.time(hours % 24, minutes, seconds, micros,
                         None if zone is None or factory is None else factory(zone))


def _interval(value):
    days = seconds = micros = 0
    words = value.split(" ")
    at = 0
    while at < len(words):
        word = words[at]
        if ":" in word:
            sign = -1 if word[0] == "-" else 1
            hours, minutes, rest, fraction = _clock(word.lstrip("+-"))
            seconds += sign * (hours * 3600 + minutes * 60 + rest)
            micros += sign * fraction
            at += 1
        else:
            unit = words[at + 1]
            days += int(word) * (365 if unit[:4] == "year" else 30 if unit[:3] == "mon" else 1)
            at += 2
    return datetime.timedelta(days, seconds, micros)


def _json(value):
    from _katydid_json import loads
    return loads(value)


def _range(kind):
    def plain(value):
        from psycopg2 import _range as ranges
        return ranges.parse(value, getattr(ranges, kind[0]), kind[1])
    return plain


STRING = _type((19, 18, 25, 1042, 1043), "STRING", _text)
NUMBER = _type((20, 23, 21, 701, 700, 1700), "NUMBER", lambda text: int(text) if text.isdigit() else float(text))
DATETIME = _type((1114,), "DATETIME", _timestamp)
BINARY = _type((17,), "BINARY", _bytes)
ROWID = _type((26,), "ROWID", int)
UNKNOWN = _type((705,), "UNKNOWN", _text)
DATETIMETZ = Type((1184,), "DATETIMETZ", _timestamptz)
INTEGER = _type((23, 21), "INTEGER", int)
LONGINTEGER = _type((20,), "LONGINTEGER", int)
FLOAT = _type((701, 700), "FLOAT", float)
DECIMAL = _type((1700,), "DECIMAL", _decimal)
BOOLEAN = _type((16,), "BOOLEAN", _boolean)
DATE = _type((1082,), "DATE", _date)
TIME = Type((1083, 1266), "TIME", _time)
INTERVAL = _type((704, 1186), "INTERVAL", _interval)
UNICODE = _type(STRING.values, "UNICODE", _text)
BYTES = _type(STRING.values, "BYTES", lambda text: text.encode("utf-8"))

STRINGARRAY = new_array_type((1002, 1003, 1009, 1014, 1015), "STRINGARRAY", STRING)
UNICODEARRAY = new_array_type(STRINGARRAY.values, "UNICODEARRAY", UNICODE)
BYTESARRAY = new_array_type(STRINGARRAY.values, "BYTESARRAY", BYTES)
INTEGERARRAY = new_array_type((1005, 1006, 1007), "INTEGERARRAY", INTEGER)
LONGINTEGERARRAY = new_array_type((1016,), "LONGINTEGERARRAY", LONGINTEGER)
FLOATARRAY = new_array_type((1021, 1022), "FLOATARRAY", FLOAT)
DECIMALARRAY = new_array_type((1231,), "DECIMALARRAY", DECIMAL)
BOOLEANARRAY = new_array_type((1000,), "BOOLEANARRAY", BOOLEAN)
BINARYARRAY = new_array_type((1001,), "BINARYARRAY", BINARY)
DATEARRAY = new_array_type((1182,), "DATEARRAY", DATE)
DATETIMEARRAY = new_array_type((1115,), "DATETIMEARRAY", DATETIME)
DATETIMETZARRAY = new_array_type((1185,), "DATETIMETZARRAY", DATETIMETZ)
TIMEARRAY = new_array_type((1183, 1270), "TIMEARRAY", TIME)
INTERVALARRAY = new_array_type((1187,), "INTERVALARRAY", INTERVAL)
ROWIDARRAY = new_array_type((1028, 1013), "ROWIDARRAY", ROWID)
INETARRAY = new_array_type((1041,), "INETARRAY", STRING)
CIDRARRAY = new_array_type((651,), "CIDRARRAY", STRING)
MACADDRARRAY = new_array_type((1040,), "MACADDRARRAY", STRING)

JSON = _type((114,), "JSON", _json)
JSONARRAY = new_array_type((199,), "JSONARRAY", JSON)
JSONB = _type((3802,), "JSONB", _json)
JSONBARRAY = new_array_type((3807,), "JSONBARRAY", JSONB)

# Ranges and their arrays: their numbers, the name of the type, the class and the caster of the bounds.
_RANGES = tuple(
    _type((number,), name, _range((kind, bound)))
    for number, name, kind, bound in (
        (3904, "int4range", "NumericRange", INTEGER), (3926, "int8range", "NumericRange", LONGINTEGER),
        (3906, "numrange", "NumericRange", DECIMAL), (3912, "daterange", "DateRange", DATE),
        (3908, "tsrange", "DateTimeRange", DATETIME), (3910, "tstzrange", "DateTimeTZRange", DATETIMETZ)))
_RANGE_ARRAYS = tuple(new_array_type((kind.values[0] + 1,), kind.name + "ARRAY", kind) for kind in _RANGES)

PYDATE, PYDATETIME, PYDATETIMETZ = DATE, DATETIME, DATETIMETZ
PYTIME, PYINTERVAL = TIME, INTERVAL
PYDATEARRAY, PYDATETIMEARRAY, PYDATETIMETZARRAY = DATEARRAY, DATETIMEARRAY, DATETIMETZARRAY
PYTIMEARRAY, PYINTERVALARRAY = TIMEARRAY, INTERVALARRAY

# The casters in use, by the server's number; a locustfile's register_type() changes it.
string_types = {
    number: kind
    for kind in (LONGINTEGER, INTEGER, FLOAT, DECIMAL, STRING, BOOLEAN, DATETIME, DATETIMETZ, TIME, DATE, INTERVAL, BINARY,
                 ROWID, LONGINTEGERARRAY, INTEGERARRAY, FLOATARRAY, DECIMALARRAY, STRINGARRAY, BOOLEANARRAY,
                 DATETIMEARRAY, DATETIMETZARRAY, TIMEARRAY, DATEARRAY, INTERVALARRAY, BINARYARRAY, ROWIDARRAY, UNKNOWN,
                 INETARRAY, CIDRARRAY, MACADDRARRAY, JSON, JSONARRAY, JSONB, JSONBARRAY, *_RANGES, *_RANGE_ARRAYS)
    for number in kind.values}
binary_types = {}


def register_type(kind, scope=None):
    """Uses a caster from now on: everywhere, or in a connection or a cursor."""
    table = string_types if scope is None else scope.string_types
    for number in kind.values:
        table[number] = kind
