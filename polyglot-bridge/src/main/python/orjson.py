"""orjson's functions on the standard library's JSON: the same options, types and results. Small numbers are written with
two digits in the exponent (1.5e-07), and texts of errors differ."""
import json as _json

import _katydid_json

__version__ = "3.11.4"
__all__ = ["Fragment", "JSONDecodeError", "JSONEncodeError", "dumps", "loads"]

OPT_APPEND_NEWLINE = 1 << 10
OPT_INDENT_2 = 1 << 0
OPT_NAIVE_UTC = 1 << 1
OPT_NON_STR_KEYS = 1 << 2
OPT_OMIT_MICROSECONDS = 1 << 3
OPT_PASSTHROUGH_DATACLASS = 1 << 11
OPT_PASSTHROUGH_DATETIME = 1 << 9
OPT_PASSTHROUGH_SUBCLASS = 1 << 8
OPT_SERIALIZE_DATACLASS = 0
OPT_SERIALIZE_NUMPY = 1 << 4
OPT_SERIALIZE_UUID = 0
OPT_SORT_KEYS = 1 << 5
OPT_STRICT_INTEGER = 1 << 6
OPT_UTC_Z = 1 << 7

_PLAIN = (str, int, bool, type(None))


# What is raised for objects that cannot be written as JSON.
JSONEncodeError = TypeError


class JSONDecodeError(_json.JSONDecodeError):
    """The text is not JSON."""


class Fragment:
    """JSON text that is put into the result as it is."""

    def __init__(self, contents):
        self.contents = contents


def loads(text):
    """The object of a JSON document given as bytes, bytearray, memoryview or str."""
    if not isinstance(text, str):
        if not isinstance(text, (bytes, bytearray, memoryview)):
            raise JSONDecodeError("Input must be bytes, bytearray, memoryview, or str", "", 0)
        try:
            text = str(text, "utf-8")
        except UnicodeDecodeError:
            raise JSONDecodeError("str is not valid UTF-8: surrogates not allowed", "", 0) from None
    try:
        text.encode("utf-8")
        return _loads(text)
    except UnicodeEncodeError:
        raise JSONDecodeError("str is not valid UTF-8: surrogates not allowed", "", 0) from None
    except _json.JSONDecodeError as error:
        raise JSONDecodeError(error.msg, error.doc, error.pos) from None
    except RecursionError:
        raise JSONDecodeError("Recursion limit reached", text, 0) from None


def _refuse_constant(name):
    raise ValueError(name)


_strict = _json.JSONDecoder(parse_int=lambda digits: int(digits), parse_constant=_refuse_constant)


def _loads(text):
    if "NaN" not in text and "Infinity" not in text:
        return _katydid_json.loads(text)
    try:
        return _strict.decode(text)
    except _json.JSONDecodeError:
        raise
    except ValueError as error:
        raise JSONDecodeError(f"unexpected {error}", text, max(text.find(str(error)), 0)) from None


def dumps(obj, default=None, option=None):
    """The object as JSON in bytes."""
    option = option or 0
    if not isinstance(option, int):
        raise JSONEncodeError("Invalid opts")
    fragments = []
    plain = _Writer(default, option, fragments).plain(obj, 0)
    indent = 2 if option & OPT_INDENT_2 else None
    separators = (",", ": ") if indent else (",", ":")
    text = _json.dumps(plain, ensure_ascii=False, separators=separators, indent=indent,
                       sort_keys=bool(option & OPT_SORT_KEYS))
    for mark, fragment in fragments:
        text = text.replace(f'"{mark}"', fragment, 1)
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:
        raise JSONEncodeError("str is not valid UTF-8: surrogates not allowed") from None
    return data + b"\n" if option & OPT_APPEND_NEWLINE else data


class _Writer:
    """Turns objects into what the standard library writes as orjson would."""

    def __init__(self, default, option, fragments):
        self.default = default
        self.option = option
        self.fragments = fragments
        self.defaults = 0

    def plain(self, obj, depth):
        kind = type(obj)
        if kind in _PLAIN:
            if kind is int:
                self._check_range(obj)
            return obj
        if kind is float:
            return None if obj != obj or obj in (float("inf"), float("-inf")) else obj
        if depth > 254:
            raise JSONEncodeError("Recursion limit reached")
        if kind is dict:
            return {self._key(key): self.plain(value, depth + 1) for key, value in obj.items()}
        if kind is list or kind is tuple:
            return [self.plain(value, depth + 1) for value in obj]
        return self._other(obj, depth)

    def _check_range(self, number):
        if not -(2 ** 63) <= number < 2 ** 64:
            raise JSONEncodeError("Integer exceeds 64-bit range")
        if self.option & OPT_STRICT_INTEGER and not -(2 ** 53) < number < 2 ** 53:
            raise JSONEncodeError("Integer exceeds 53-bit range")

    def _key(self, key):
        if isinstance(key, str):
            return str(key)
        if not self.option & OPT_NON_STR_KEYS:
            raise JSONEncodeError("Dict key must be str")
        value = self.plain(key, 0)
        if value is None or isinstance(value, (bool, int, float)):
            return _json.dumps(value)
        if isinstance(value, str):
            return value
        raise JSONEncodeError("Dict key must a type serializable with OPT_NON_STR_KEYS")

    def _other(self, obj, depth):
        import dataclasses
        import datetime
        import enum
        import uuid
        if isinstance(obj, enum.Enum):
            return self.plain(obj.value, depth + 1)
        if isinstance(obj, Fragment):
            mark = f"\uf8ff{len(self.fragments)}\uf8ff"
            contents = obj.contents
            self.fragments.append((mark, contents if isinstance(contents, str) else bytes(contents).decode()))
            return mark
        if isinstance(obj, uuid.UUID):
            return str(obj)
        if not self.option & OPT_PASSTHROUGH_DATETIME and isinstance(obj, (datetime.date, datetime.time)):
            return self._time(obj)
        if not self.option & OPT_PASSTHROUGH_DATACLASS and dataclasses.is_dataclass(obj) and not isinstance(obj, type):
            return {field.name: self.plain(getattr(obj, field.name), depth + 1) for field in dataclasses.fields(obj)
                    if not field.name.startswith("_")}
        if not self.option & OPT_PASSTHROUGH_SUBCLASS:
            for base in (str, int, dict, list):
                if isinstance(obj, base):
                    return self.plain(base(obj), depth)
        if self.default is None:
            raise JSONEncodeError(f"Type is not JSON serializable: {type(obj).__name__}")
        self.defaults += 1
        if self.defaults > 254:
            raise JSONEncodeError("default serializer exceeds recursion limit")
        try:
            replaced = self.default(obj)
        except Exception as error:
            raise JSONEncodeError(f"Type is not JSON serializable: {type(obj).__name__}") from error
        result = self.plain(replaced, depth + 1)
        self.defaults -= 1
        return result

    def _time(self, moment):
        import datetime
        if isinstance(moment, datetime.time) and moment.tzinfo is not None:
            raise JSONEncodeError("datetime.time must not have tzinfo set")
        if self.option & OPT_OMIT_MICROSECONDS and hasattr(moment, "microsecond"):
            moment = moment.replace(microsecond=0)
        if isinstance(moment, datetime.datetime):
            if moment.tzinfo is None and self.option & OPT_NAIVE_UTC:
                moment = moment.replace(tzinfo=datetime.timezone.utc)
            text = moment.isoformat()
            if self.option & OPT_UTC_Z and text.endswith("+00:00"):
                text = text[:-6] + "Z"
            return text
        return moment.isoformat()
