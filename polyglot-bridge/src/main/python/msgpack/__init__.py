"""msgpack on Python's own means: the package of that name is compiled, and its functions are what Locust brings along and
clients of databases such as influxdb import. The format is that of the MessagePack specification."""
from msgpack.exceptions import (
    BufferFull, ExtraData, FormatError, OutOfData, PackException, PackOverflowError, PackValueError, StackError,
    UnpackException, UnpackValueError)
from msgpack.ext import ExtType, Timestamp
from msgpack._packing import Packer
from msgpack._unpacking import Unpacker

version = (1, 1, 2)
__version__ = "1.1.2"


def packb(o, **kwargs):
    """The object as bytes."""
    return Packer(**kwargs).pack(o)


def pack(o, stream, **kwargs):
    """Writes the object to a file."""
    stream.write(packb(o, **kwargs))


def unpackb(packed, **kwargs):
    """The only object in the bytes. Raises ExtraData if there is more, ValueError if there is less."""
    unpacker = Unpacker(None, **kwargs)
    unpacker.feed(packed)
    try:
        found = unpacker.unpack()
    except OutOfData:
        raise ValueError("Unpack failed: incomplete input") from None
    rest = unpacker.rest()
    if rest:
        raise ExtraData(found, rest)
    return found


def unpack(stream, **kwargs):
    """The only object in a file."""
    return unpackb(stream.read(), **kwargs)


load, loads, dump, dumps = unpack, unpackb, pack, packb
