"""Sockets as CPython has them where GraalPy differs: options that Java's sockets do not have, looking at data without
taking it, addresses, and Unix sockets (_katydid_unix)."""
import _socket

import _katydid_socket_waits

_CANNOT_BE_SET = 92
AF_UNIX = 1
MSG_PEEK = 2
SO_TYPE, SO_ERROR, SO_LINGER, SO_DOMAIN, SO_PROTOCOL, SO_ACCEPTCONN = 3, 4, 13, 39, 38, 30
_java = _katydid_socket_waits._java
_plain = _katydid_socket_waits.Socket if _katydid_socket_waits.available else _socket.socket
_inet_pton, _inet_ntop = _socket.inet_pton, _socket.inet_ntop


class Socket(_plain):
    """A socket that takes options which Java's sockets do not have, such as the times between two keep-alive packets, as
    a wish: clients of databases and brokers set them and cannot go on when that fails."""

    __slots__ = ("_wished", "_seen", "_unix")

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        self._wished = None
        self._seen = b""
        self._unix = None
        if family == AF_UNIX:
            from _katydid_unix import Unix
            super().__init__(_socket.AF_INET, type, proto, fileno)
            self._unix = Unix(self, _plain, type)
        else:
            super().__init__(family, type, proto, fileno)

    def setsockopt(self, level, name, *value):
        if self._wished is None:
            self._wished = {}
        self._set_option(level, name, *value)
        self._wished[level, name] = value[0]

    def _set_option(self, level, name, *value):
        if _java is not None and len(value) == 1 and _java.setOption(
                self.fileno(), level, name, _as_number(level, name, value[0])):
            return
        try:
            super().setsockopt(level, name, *value)
        except OSError as error:
            if error.errno != _CANNOT_BE_SET:
                raise

    def _wish(self, level, name):
        return self._wished.get((level, name)) if self._wished else None

    def _has_channel(self):
        # GraalPy keeps only the first option that is set before there is a connection.
        for (level, name), value in list((self._wished or {}).items()):
            self._set_option(level, name, value)

    def getsockopt(self, level, name, *size):
        if level == _socket.SOL_SOCKET and name == SO_ERROR:
            number = super().getsockopt(level, name) if _katydid_socket_waits.available else 0
            return number.to_bytes(4, "little")[:size[0]] if size and size[0] else number
        # Java tells what was set before there was a connection only after it.
        value = self._wished.get((level, name)) if self._wished else None
        if value is None:
            try:
                return super().getsockopt(level, name, *size)
            except OSError as error:
                if error.errno != _CANNOT_BE_SET:
                    raise
            value = {SO_TYPE: int(self.type), SO_DOMAIN: int(self.family), SO_PROTOCOL: self.proto}.get(
                name, 0) if level == _socket.SOL_SOCKET else 0
        if isinstance(value, int):
            return value.to_bytes(4, "little")[:size[0]] if size and size[0] else value
        return bytes(value)[:size[0]] if size and size[0] else int.from_bytes(bytes(value)[:4], "little")

    def recv(self, size, flags=0):
        if flags & MSG_PEEK:
            if not self._seen:
                self._seen = super().recv(max(size, 65536), flags & ~MSG_PEEK)
            return self._seen[:size]
        if self._seen and size:
            piece, self._seen = self._seen[:size], self._seen[size:]
            return piece
        return super().recv(size, flags)

    def recv_into(self, buffer, nbytes=0, flags=0):
        if not self._seen and not flags & MSG_PEEK:
            return super().recv_into(buffer, nbytes, flags)
        with memoryview(buffer).cast("B") as view:
            piece = self.recv(nbytes or len(view), flags)
            view[:len(piece)] = piece
        return len(piece)

    def bind(self, address):
        return super().bind(address) if self._unix is None else self._unix.bind(address)

    def listen(self, *backlog):
        return super().listen(*backlog) if self._unix is None else self._unix.listen(*backlog)

    def _accept(self):
        return super()._accept() if self._unix is None else self._unix.accept()

    def connect(self, address):
        return super().connect(address) if self._unix is None else self._unix.connect(address)

    def connect_ex(self, address):
        if self._unix is None:
            return super().connect_ex(address)
        try:
            self._unix.connect(address)
        except OSError as error:
            return error.errno
        return 0

    def getsockname(self):
        return super().getsockname() if self._unix is None else self._unix.own_name

    def getpeername(self):
        return super().getpeername() if self._unix is None else self._unix.peer_name

    def close(self):
        if self._unix is not None:
            self._unix.close()
        super().close()

    @property
    def family(self):
        return super().family if self._unix is None else AF_UNIX


def _as_number(level, name, value):
    """The value of an option as Java takes it. That of SO_LINGER is whether, and how many seconds; -1 is not."""
    if isinstance(value, int):
        return value
    words = memoryview(bytes(value)[:8].ljust(8, b"\0")).cast("i")
    if (level, name) == (_socket.SOL_SOCKET, SO_LINGER):
        return words[1] if words[0] else -1
    return words[0]


Socket.__name__ = Socket.__qualname__ = "socket"
Socket.__module__ = "_socket"


def inet_pton(family, text):
    """An address as bytes."""
    if family != _socket.AF_INET:
        return _inet_pton(family, text)
    parts = text.split(".")
    if len(parts) != 4 or not all(part.isascii() and part.isdigit() and len(part) < 4 and int(part) < 256
                                  and (part == "0" or part[0] != "0") for part in parts):
        raise OSError("illegal IP address string passed to inet_pton")
    return bytes(map(int, parts))


def inet_ntop(family, packed):
    """An address as text; that of IPv6 as short as it can be."""
    text = _inet_ntop(family, packed)
    if family != _socket.AF_INET6:
        return text
    words = [int(word, 16) for word in text.split(":")] if "::" not in text and "." not in text else None
    if words is None:
        return text
    best, at = 1, -1
    i = 0
    while i < 8:
        n = i
        while n < 8 and not words[n]:
            n += 1
        if n - i > best:
            best, at = n - i, i
        i = max(n, i + 1)
    if at == 0 and (best == 6 or best == 5 and words[5] == 0xFFFF):
        mapped = "::" + ("ffff:" if best == 5 else "")
        return mapped + ".".join(str(byte) for byte in bytes(packed)[12:])
    shown = [f"{word:x}" for word in words]
    if at < 0:
        return ":".join(shown)
    return ":".join(shown[:at]) + "::" + ":".join(shown[at + best:])


def install():
    """Before `socket` is imported."""
    _socket.socket = _socket.SocketType = Socket
    _socket.inet_pton, _socket.inet_ntop = inet_pton, inet_ntop
    if _katydid_socket_waits.available:
        _socket.close = _katydid_socket_waits.close
    for name, value in (("AF_UNIX", AF_UNIX), ("MSG_PEEK", MSG_PEEK), ("SO_TYPE", SO_TYPE), ("SO_ERROR", SO_ERROR), ("SO_LINGER", SO_LINGER),
                        ("SO_DOMAIN", SO_DOMAIN), ("SO_PROTOCOL", SO_PROTOCOL), ("SO_ACCEPTCONN", SO_ACCEPTCONN)):
        if not hasattr(_socket, name):
            setattr(_socket, name, value)
