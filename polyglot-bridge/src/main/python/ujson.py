"""ujson's functions on the standard library's JSON."""
import json as _json
from json import JSONDecodeError

import _katydid_json

__version__ = "5.11.0"
__all__ = ["JSONDecodeError", "decode", "dump", "dumps", "encode", "load", "loads"]


def dumps(obj, ensure_ascii=True, encode_html_chars=False, escape_forward_slashes=True, sort_keys=False, indent=0,
          allow_nan=True, reject_bytes=True, default=None, separators=None, **_ignored):
    """The object as JSON text, without blanks between its parts."""
    if separators is None:
        separators = (",", ": ") if indent else (",", ":")
    if default is None:
        default = _default if reject_bytes else _default_with_bytes
    text = _json.dumps(obj, ensure_ascii=ensure_ascii, sort_keys=sort_keys, indent=indent or None, allow_nan=allow_nan,
                       separators=separators, default=default)
    # Only strings can have these characters.
    if escape_forward_slashes:
        text = text.replace("/", "\\/")
    if encode_html_chars:
        text = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return text


def _default(obj):
    """Objects may say themselves what they are, as ujson asks them."""
    if hasattr(obj, "__json__"):
        return _json.loads(obj.__json__())
    if hasattr(obj, "toDict"):
        return obj.toDict()
    if isinstance(obj, (bytes, bytearray)):
        raise TypeError(f"{obj!r} is not JSON serializable")
    if hasattr(obj, "__iter__"):
        return list(obj)
    raise TypeError(f"{obj!r} is not JSON serializable")


def _default_with_bytes(obj):
    return obj.decode("utf-8") if isinstance(obj, (bytes, bytearray)) else _default(obj)


def loads(text, **_ignored):
    """The object of a JSON document."""
    if isinstance(text, (bytes, bytearray)):
        text = text.decode("utf-8")
    elif not isinstance(text, str):
        raise TypeError(f"Expected string or C-contiguous bytes-like object, got {type(text).__name__}")
    return _katydid_json.loads(text)


def dump(obj, file, **options):
    """Writes the object to a file."""
    file.write(dumps(obj, **options))


def load(file, **options):
    """Reads a document from a file."""
    return loads(file.read(), **options)


encode = dumps
decode = loads
