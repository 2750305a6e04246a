"""Values that msgpack has and Python has not: extensions, and timestamps, which are extension -1."""
import datetime
import struct
from collections import namedtuple

_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


class ExtType(namedtuple("ExtType", "code data")):
    """Bytes of an application's own kind, 0 to 127."""

    __slots__ = ()

    def __new__(cls, code, data):
        if not isinstance(code, int):
            raise TypeError("code must be int")
        if not isinstance(data, bytes):
            raise TypeError("data must be bytes")
        if not 0 <= code <= 127:
            raise ValueError("code must be 0~127")
        return super().__new__(cls, code, data)


class Timestamp:
    """Seconds and nanoseconds since 1970."""

    __slots__ = ("seconds", "nanoseconds")

    def __init__(self, seconds, nanoseconds=0):
        if not isinstance(seconds, int):
            raise TypeError("seconds must be an integer")
        if not isinstance(nanoseconds, int):
            raise TypeError("nanoseconds must be an integer")
        if not 0 <= nanoseconds < 10**9:
            raise ValueError("nanoseconds must be a non-negative integer less than 999999999.")
        self.seconds = seconds
        self.nanoseconds = nanoseconds

    def __repr__(self):
        return f"Timestamp(seconds={self.seconds}, nanoseconds={self.nanoseconds})"

    def __eq__(self, other):
        return type(other) is type(self) and (self.seconds, self.nanoseconds) == (other.seconds, other.nanoseconds)

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        return hash((self.seconds, self.nanoseconds))

    @staticmethod
    def from_bytes(b):
        if len(b) == 4:
            return Timestamp(struct.unpack("!L", b)[0], 0)
        if len(b) == 8:
            both = struct.unpack("!Q", b)[0]
            return Timestamp(both & 0x3FFFFFFFF, both >> 34)
        if len(b) == 12:
            nanoseconds, seconds = struct.unpack("!Iq", b)
            return Timestamp(seconds, nanoseconds)
        raise ValueError("Timestamp type can only be created from 32, 64, or 96-bit byte objects")

    def to_bytes(self):
        if self.seconds >> 34 == 0:
            both = self.nanoseconds << 34 | self.seconds
            return struct.pack("!Q", both) if both >> 32 else struct.pack("!L", both)
        return struct.pack("!Iq", self.nanoseconds, self.seconds)

    @staticmethod
    def from_unix(unix_sec):
        seconds = int(unix_sec // 1)
        return Timestamp(seconds, int((unix_sec % 1) * 10**9))

    def to_unix(self):
        return self.seconds + self.nanoseconds / 1e9

    @staticmethod
    def from_unix_nano(unix_ns):
        return Timestamp(*divmod(unix_ns, 10**9))

    def to_unix_nano(self):
        return self.seconds * 10**9 + self.nanoseconds

    def to_datetime(self):
        return _EPOCH + datetime.timedelta(seconds=self.seconds, microseconds=self.nanoseconds // 1000)

    @staticmethod
    def from_datetime(dt):
        since = dt - _EPOCH
        return Timestamp(since.days * 86400 + since.seconds, since.microseconds * 1000)
