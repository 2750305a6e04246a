"""JSON for our Python packages, and a repair of the standard library's default decoder.

Once several threads have entered a context, GraalPy walks the whole stack for every integer its JSON scanner makes by
itself. A plain Python function for integers avoids that. The same function is put into `json.loads`.
"""
import json
from json import JSONDecodeError

__all__ = ["JSONDecodeError", "dumps", "dumps_strict", "loads"]


def _integer(text):
    return int(text)


_decoder = json.JSONDecoder(parse_int=_integer)
_scan = _decoder.scan_once
json._default_decoder = _decoder

dumps = json.dumps
_strict = json.JSONEncoder(allow_nan=False)
dumps_strict = _strict.encode


def loads(text):
    """Parses a string; JSONDecodeError if it is not one JSON document."""
    try:
        value, end = _scan(text, 0)
    except StopIteration:
        return _decoder.decode(text)
    return value if end == len(text) else _decoder.decode(text)
