"""What can go wrong with packed data."""


class UnpackException(Exception):
    """Base of what unpacking raises."""


class BufferFull(UnpackException):
    """More was fed than max_buffer_size."""


class OutOfData(UnpackException):
    """The object is not complete yet."""


class FormatError(ValueError, UnpackException):
    """The bytes are not msgpack."""


class StackError(ValueError, UnpackException):
    """Nested too deeply."""


class ExtraData(ValueError):
    """There is more than one object: `unpacked`, and `extra` behind it."""

    def __init__(self, unpacked, extra):
        super().__init__("unpack(b) received extra data.")
        self.unpacked = unpacked
        self.extra = extra

    def __str__(self):
        return "unpack(b) received extra data."


UnpackValueError = ValueError
PackException = Exception
PackValueError = ValueError
PackOverflowError = OverflowError
