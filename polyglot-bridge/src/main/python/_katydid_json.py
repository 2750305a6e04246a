"""JSON for our Python packages, and a repair of the standard library's default decoder.

Once several threads have entered a context, GraalPy walks the whole stack for every integer its JSON scanner makes by
itself. A plain Python function for integers avoids that. The same function is put into `json.loads`.

The standard library sets up an encoder for every text; here two are set up once. They do not look for circles, which end
in RecursionError; then, and for everything else that goes wrong, the standard library does it again and says why.

`json.dumps` and `json.loads` themselves are put in front of the standard library's: a call of a function with many
keyword-only parameters costs Python's compiler a second at every place (docs/graalpy-issues, KeywordOnly).
"""
import functools
import json
from json import JSONDecodeError
from json.encoder import c_make_encoder, encode_basestring_ascii

__all__ = ["JSONDecodeError", "dumps", "dumps_strict", "loads"]


def _integer(text):
    return int(text)


_decoder = json.JSONDecoder(parse_int=_integer)
_scan = _decoder.scan_once
json._default_decoder = _decoder

_WHITESPACE = " \t\n\r"
_standard_dumps, _standard_loads = json.dumps, json.loads
_strict = json.JSONEncoder(allow_nan=False)


def _encoder(nan_allowed):
    return c_make_encoder(None, _strict.default, encode_basestring_ascii, None, ": ", ", ", False, False, nan_allowed)


_pieces = _encoder(True)
_strict_pieces = _encoder(False)
_join = "".join


def dumps(value):
    """The text json.dumps makes."""
    if type(value) is dict or type(value) is list:
        try:
            return _join(_pieces(value, 0))
        except (RecursionError, TypeError, ValueError):
            pass
    return _standard_dumps(value)


def dumps_strict(value):
    """The same, but ValueError for NaN and infinities."""
    if type(value) is dict or type(value) is list:
        try:
            return _join(_strict_pieces(value, 0))
        except (RecursionError, TypeError, ValueError):
            pass
    return _strict.encode(value)


def loads(text):
    """Parses a string; JSONDecodeError if it is not one JSON document."""
    try:
        value, end = _scan(text, 0)
    except StopIteration:
        return _standard_loads(text)
    return value if end == len(text) or not text[end:].strip(_WHITESPACE) else _standard_loads(text)


@functools.wraps(_standard_dumps)
def _dumps(obj, **options):
    return _standard_dumps(obj, **options) if options else dumps(obj)


@functools.wraps(_standard_loads)
def _loads(s, **options):
    return loads(s) if type(s) is str and not options else _standard_loads(s, **options)


json.dumps, json.loads = _dumps, _loads
