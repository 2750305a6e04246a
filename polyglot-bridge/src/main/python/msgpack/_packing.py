"""From objects to bytes."""
import datetime
import struct

from msgpack.ext import ExtType, Timestamp

_DEEPEST = 511


class Packer:
    """Packs objects one after the other. For one thread at a time."""

    def __init__(self, *, default=None, use_single_float=False, autoreset=True, use_bin_type=True, strict_types=False,
                 datetime=False, unicode_errors=None, buf_size=None):
        if default is not None and not callable(default):
            raise TypeError("default must be callable")
        self._default = default
        self._float = "!Bf" if use_single_float else "!Bd"
        self._float_mark = 0xCA if use_single_float else 0xCB
        self._autoreset = autoreset
        self._use_bin_type = use_bin_type
        self._strict = strict_types
        self._datetime = datetime
        self._errors = unicode_errors or "strict"
        self._out = bytearray()

    def _is(self, value, *kinds):
        return type(value) in kinds if self._strict else isinstance(value, kinds)

    def _put(self, value, depth, defaulted=False):
        if depth < 0:
            raise ValueError("recursion limit exceeded")
        out = self._out
        if value is None:
            out.append(0xC0)
        elif value is True:
            out.append(0xC3)
        elif value is False:
            out.append(0xC2)
        elif self._is(value, int):
            self._put_int(value, defaulted)
        elif self._is(value, str):
            data = value.encode("utf-8", self._errors)
            self._head(len(data), 0xA0, 32, 0xD9 if self._use_bin_type else None, 0xDA, 0xDB, "String is too large")
            out += data
        elif self._is(value, bytes, bytearray) or isinstance(value, memoryview):
            data = bytes(value)
            if self._use_bin_type:
                self._head(len(data), None, 0, 0xC4, 0xC5, 0xC6, "Bytes is too large")
            else:
                self._head(len(data), 0xA0, 32, None, 0xDA, 0xDB, "Bytes is too large")
            out += data
        elif self._is(value, float):
            out += struct.pack(self._float, self._float_mark, value)
        elif isinstance(value, ExtType):
            self._put_ext(value.code, value.data)
        elif isinstance(value, Timestamp):
            self._put_ext(-1, value.to_bytes())
        elif self._is(value, list) if self._strict else isinstance(value, (list, tuple)):
            self._head(len(value), 0x90, 16, None, 0xDC, 0xDD, "list is too large")
            for one in value:
                self._put(one, depth - 1)
        elif self._is(value, dict):
            self._put_pairs(value.items(), len(value), depth)
        elif self._datetime and isinstance(value, datetime.datetime) and value.tzinfo is not None:
            self._put_ext(-1, Timestamp.from_datetime(value).to_bytes())
        elif self._default is not None and not defaulted:
            self._put(self._default(value), depth, True)
        elif self._datetime and isinstance(value, datetime.datetime):
            raise ValueError(f"Cannot serialize {value!r} where tzinfo=None")
        else:
            raise TypeError(f"Cannot serialize {value!r}")

    def _put_int(self, value, defaulted):
        out = self._out
        if 0 <= value < 0x80:
            out.append(value)
        elif -0x20 <= value < 0:
            out.append(value & 0xFF)
        else:
            for low, high, mark, form in _INTEGERS:
                if low <= value <= high:
                    out += struct.pack(form, mark, value)
                    return
            if self._default is None or defaulted:
                raise OverflowError("Integer value out of range")
            self._put(self._default(value), _DEEPEST, True)

    def _head(self, size, small, below, one, two, four, too_large):
        """What says that a text, some bytes, a list or a map of this size follows."""
        out = self._out
        if size < below:
            out.append(small + size)
        elif one is not None and size <= 0xFF:
            out += struct.pack("!BB", one, size)
        elif size <= 0xFFFF:
            out += struct.pack("!BH", two, size)
        elif size <= 0xFFFFFFFF:
            out += struct.pack("!BI", four, size)
        else:
            raise ValueError(too_large)

    def _put_pairs(self, pairs, size, depth):
        self._head(size, 0x80, 16, None, 0xDE, 0xDF, "dict is too large")
        for key, value in pairs:
            self._put(key, depth - 1)
            self._put(value, depth - 1)

    def _put_ext(self, code, data):
        out = self._out
        fixed = {1: 0xD4, 2: 0xD5, 4: 0xD6, 8: 0xD7, 16: 0xD8}.get(len(data))
        if fixed is not None:
            out.append(fixed)
        else:
            self._head(len(data), None, 0, 0xC7, 0xC8, 0xC9, "Ext is too large")
        out += struct.pack("!b", code)
        out += data

    def pack(self, obj):
        """The object as bytes."""
        try:
            self._put(obj, _DEEPEST)
        except BaseException as error:
            self._out = bytearray()
            if isinstance(error, RecursionError):
                raise ValueError("recursion limit exceeded") from None
            raise
        return self._given()

    def _given(self):
        if not self._autoreset:
            return None
        data = bytes(self._out)
        self._out = bytearray()
        return data

    def pack_map_pairs(self, pairs):
        pairs = list(pairs)
        self._put_pairs(pairs, len(pairs), _DEEPEST)
        return self._given()

    def pack_array_header(self, size):
        self._head(size, 0x90, 16, None, 0xDC, 0xDD, "list is too large")
        return self._given()

    def pack_map_header(self, size):
        self._head(size, 0x80, 16, None, 0xDE, 0xDF, "dict is too large")
        return self._given()

    def pack_ext_type(self, typecode, data):
        self._put_ext(typecode, data)
        return self._given()

    def bytes(self):
        return bytes(self._out)

    def getbuffer(self):
        return memoryview(self._out)

    def reset(self):
        self._out = bytearray()


_INTEGERS = (
    (0x80, 0xFF, 0xCC, "!BB"), (-0x80, -1, 0xD0, "!Bb"), (0x100, 0xFFFF, 0xCD, "!BH"), (-0x8000, -0x81, 0xD1, "!Bh"),
    (0x10000, 0xFFFFFFFF, 0xCE, "!BI"), (-0x80000000, -0x8001, 0xD2, "!Bi"),
    (0x100000000, 0xFFFFFFFFFFFFFFFF, 0xCF, "!BQ"), (-0x8000000000000000, -0x80000001, 0xD3, "!Bq"))
