"""Metadata between Python's pairs and the lines that Java takes: values of names that end in -bin are bytes."""
import base64
import collections
import re

_NAME = re.compile(r"[0-9a-z_.-]+\Z")
_VALUE = re.compile(r"[ -~]*\Z")


class Metadatum(collections.namedtuple("_Metadatum", ("key", "value"))):
    """One name and its value."""

    __slots__ = ()


Metadatum.__name__ = "_Metadatum"


def flat(metadata):
    """The lines; None if the metadata are none that HTTP/2 can carry."""
    if not metadata:
        return ""
    lines = []
    for pair in metadata:
        key, value = pair
        if isinstance(key, bytes):
            key = key.decode("latin-1")
        if not _NAME.match(key):
            return None
        if key.endswith("-bin"):
            lines += (key, base64.b64encode(value.encode() if isinstance(value, str) else bytes(value)).decode())
            continue
        if isinstance(value, (bytes, bytearray)):
            value = value.decode("latin-1")
        elif not isinstance(value, str):
            raise TypeError(f"Expected bytes, str, or unicode, not {type(value)}")
        if not _VALUE.match(value):
            return None
        lines += (key, value)
    return "\n".join(lines)


def pairs(lines):
    """The tuple of pairs that Java's lines stand for."""
    parts = lines.split("\n")
    return tuple(
        Metadatum(parts[i], base64.b64decode(parts[i + 1]) if parts[i].endswith("-bin") else parts[i + 1])
        for i in range(0, len(parts) - 1, 2))
