"""From bytes to objects."""
import struct

from msgpack.exceptions import BufferFull, FormatError, OutOfData, StackError
from msgpack.ext import ExtType, Timestamp

_DEEPEST = 1024
# First byte of a number: how it is read, and its length.
_NUMBERS = {0xCA: ("!f", 4), 0xCB: ("!d", 8), 0xCC: ("!B", 1), 0xCD: ("!H", 2), 0xCE: ("!I", 4), 0xCF: ("!Q", 8),
            0xD0: ("!b", 1), 0xD1: ("!h", 2), 0xD2: ("!i", 4), 0xD3: ("!q", 8)}
# First byte of something that says its size: kind, bytes of the size.
_SIZED = {0xC4: ("bin", 1), 0xC5: ("bin", 2), 0xC6: ("bin", 4), 0xC7: ("ext", 1), 0xC8: ("ext", 2), 0xC9: ("ext", 4),
          0xD9: ("str", 1), 0xDA: ("str", 2), 0xDB: ("str", 4), 0xDC: ("array", 2), 0xDD: ("array", 4),
          0xDE: ("map", 2), 0xDF: ("map", 4)}
_FIXED_EXT = {0xD4: 1, 0xD5: 2, 0xD6: 4, 0xD7: 8, 0xD8: 16}
_CONSTANTS = {0xC0: None, 0xC2: False, 0xC3: True}


class Unpacker:
    """Objects from a file, or from bytes that are fed. For one thread at a time."""

    def __init__(self, file_like=None, *, read_size=0, use_list=True, raw=False, timestamp=0, strict_map_key=True,
                 object_hook=None, object_pairs_hook=None, list_hook=None, unicode_errors=None,
                 max_buffer_size=100 * 1024 * 1024, ext_hook=ExtType, max_str_len=-1, max_bin_len=-1, max_array_len=-1,
                 max_map_len=-1, max_ext_len=-1):
        if file_like is not None and not callable(getattr(file_like, "read", None)):
            raise TypeError("`file_like` must have a read() method")
        if object_hook is not None and object_pairs_hook is not None:
            raise TypeError("object_pairs_hook and object_hook are mutually exclusive")
        for hook in (object_hook, object_pairs_hook, list_hook, ext_hook):
            if hook is not None and not callable(hook):
                raise TypeError("a hook must be callable")
        self._file = file_like
        self._limit = max_buffer_size or 2**31 - 1
        self._read_size = read_size or min(self._limit, 16 * 1024)
        self._use_list, self._raw, self._timestamp, self._strict = use_list, raw, timestamp, strict_map_key
        self._object_hook, self._pairs_hook, self._list_hook = object_hook, object_pairs_hook, list_hook
        self._errors, self._ext_hook = unicode_errors or "strict", ext_hook
        self._limits = {"str": max_str_len, "bin": max_bin_len, "array": max_array_len, "map": max_map_len,
                        "ext": max_ext_len}
        self._buffer, self._at, self._behind = bytearray(), 0, 0

    def feed(self, next_bytes):
        """More bytes; only without a file."""
        if self._file is not None:
            raise AssertionError("the data comes from a file")
        view = memoryview(next_bytes)
        if len(self._buffer) - self._at + len(view) > self._limit:
            raise BufferFull
        self._forget()
        self._buffer += view

    def _forget(self):
        if self._at:
            self._behind += self._at
            del self._buffer[:self._at]
            self._at = 0

    def rest(self):
        """What has not been read yet."""
        return bytes(self._buffer[self._at:])

    def tell(self):
        return self._behind + self._at

    def read_bytes(self, n):
        found = bytes(self._take(min(n, len(self._buffer) - self._at) if self._file is None else n))
        return found

    def _take(self, size):
        end = self._at + size
        while end > len(self._buffer):
            more = self._file.read(max(self._read_size, end - len(self._buffer))) if self._file is not None else b""
            if not more:
                raise OutOfData("No more data to unpack.")
            self._buffer += more
            if len(self._buffer) - self._at > self._limit:
                raise BufferFull
        found = self._buffer[self._at:end]
        self._at = end
        return found

    def unpack(self):
        """The next object. Raises OutOfData if it is not complete; what there is of it stays."""
        begun = self._at
        try:
            found = self._object(_DEEPEST)
        except OutOfData:
            self._at = begun
            raise
        except RecursionError:
            raise StackError from None
        if self._file is None or self._at > self._read_size:
            self._forget()
        return found

    def skip(self):
        self.unpack()

    def __iter__(self):
        return self

    def __next__(self):
        try:
            return self.unpack()
        except OutOfData:
            raise StopIteration from None

    next = __next__

    def read_array_header(self):
        return self._header("array", 0x90)

    def read_map_header(self):
        return self._header("map", 0x80)

    def _header(self, wanted, small):
        begun = self._at
        try:
            first = self._take(1)[0]
            if first & 0xF0 == small:
                return first & 0x0F
            kind, width = _SIZED.get(first, (None, 0))
            if kind == wanted:
                return int.from_bytes(self._take(width), "big")
        except OutOfData:
            self._at = begun
            raise
        raise ValueError(f"Expected {wanted}")

    def _object(self, depth):
        if depth < 0:
            raise StackError
        first = self._take(1)[0]
        if first < 0x80:
            return first
        if first >= 0xE0:
            return first - 0x100
        if first < 0x90:
            return self._map(first & 0x0F, depth)
        if first < 0xA0:
            return self._array(first & 0x0F, depth)
        if first < 0xC0:
            return self._text(first & 0x1F)
        if first in _CONSTANTS:
            return _CONSTANTS[first]
        if first in _NUMBERS:
            form, size = _NUMBERS[first]
            return struct.unpack(form, self._take(size))[0]
        if first in _FIXED_EXT:
            return self._ext(_FIXED_EXT[first])
        if first not in _SIZED:
            raise FormatError(f"Unknown header: 0x{first:x}")
        kind, width = _SIZED[first]
        size = int.from_bytes(self._take(width), "big")
        if 0 <= self._limits[kind] < size:
            raise ValueError(f"{size} exceeds max_{kind}_len({self._limits[kind]})")
        if kind == "bin":
            return bytes(self._take(size))
        if kind == "str":
            return self._text(size)
        if kind == "ext":
            return self._ext(size)
        return self._array(size, depth) if kind == "array" else self._map(size, depth)

    def _text(self, size):
        if 0 <= self._limits["str"] < size:
            raise ValueError(f"{size} exceeds max_str_len({self._limits['str']})")
        data = bytes(self._take(size))
        return data if self._raw else data.decode("utf-8", self._errors)

    def _array(self, size, depth):
        found = [self._object(depth - 1) for _ in range(size)]
        if self._list_hook is not None:
            found = self._list_hook(found)
        return found if self._use_list else tuple(found)

    def _map(self, size, depth):
        if self._pairs_hook is not None:
            return self._pairs_hook([(self._object(depth - 1), self._object(depth - 1)) for _ in range(size)])
        found = {}
        for _ in range(size):
            key = self._object(depth - 1)
            if self._strict and type(key) not in (str, bytes):
                raise ValueError(f"{type(key)} is not allowed for map key when strict_map_key=True")
            found[key] = self._object(depth - 1)
        return found if self._object_hook is None else self._object_hook(found)

    def _ext(self, size):
        code = struct.unpack("!b", self._take(1))[0]
        data = bytes(self._take(size))
        if code != -1:
            return self._ext_hook(code, data)
        stamp = Timestamp.from_bytes(data)
        if self._timestamp == 1:
            return stamp.to_unix()
        if self._timestamp == 2:
            return stamp.to_unix_nano()
        return stamp.to_datetime() if self._timestamp == 3 else stamp
