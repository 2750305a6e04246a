"""Unix sockets. GraalPy has none, Java has; a Python socket on the loopback stands for each, and Java carries the bytes
between the two (class UnixSockets). So everything works with it that works with sockets."""
import errno
import os

import _katydid

_UNKNOWN = "Katydid has Unix sockets of streams only"


class Unix:
    """What a Python socket of AF_UNIX has beside itself. `plain`: the class without Unix sockets."""

    def __init__(self, socket, plain, kind):
        if kind not in (-1, 1) and kind & 0xF != 1:
            raise OSError(errno.EPROTONOSUPPORT, _UNKNOWN)
        self._socket = socket
        self._plain = plain
        self._java = None
        self.own_name = ""
        self.peer_name = ""

    @staticmethod
    def _path(address):
        if isinstance(address, bytes):
            address = os.fsdecode(address)
        if not isinstance(address, str):
            raise TypeError(f"a bytes-like object is required, not '{type(address).__name__}'")
        if address.startswith("\0"):
            raise OSError(errno.EINVAL, "Katydid has no abstract Unix sockets")
        return address

    def bind(self, address):
        path = self._path(address)
        if os.path.exists(path):
            raise OSError(errno.EADDRINUSE, os.strerror(errno.EADDRINUSE))
        self._java = self._made(_katydid._host.listenUnix(os.path.abspath(path)))
        self.own_name = path
        self._plain.bind(self._socket, ("127.0.0.1", 0))

    def listen(self, *backlog):
        self._plain.listen(self._socket, *backlog)
        if self._java is not None:
            self._java.carryTo(self._plain.getsockname(self._socket)[1])

    def accept(self):
        while True:
            fd, address = self._plain._accept(self._socket)
            if self._java is None or self._java.carries(address[1]):
                return fd, ""
            # Somebody else has found the port.
            import _socket
            _socket.close(fd)

    def connect(self, address):
        path = self._path(address)
        java = self._made(_katydid._host.connectUnix(os.path.abspath(path)))
        plain, socket = self._plain, self._socket
        limit = plain.gettimeout(socket)
        try:
            plain.settimeout(socket, None)
            plain.connect(socket, ("127.0.0.1", java.port()))
            java.expect(plain.getsockname(socket)[1])
        except BaseException:
            java.close()
            raise
        finally:
            plain.settimeout(socket, limit)
        self._java = java
        self.peer_name = path

    @staticmethod
    def _made(java):
        problem = java.problem()
        if problem:
            code = {"missing": errno.ENOENT, "refused": errno.ECONNREFUSED, "denied": errno.EACCES}.get(
                problem, errno.EINVAL)
            raise OSError(code, os.strerror(code))
        return java

    def close(self):
        if self._java is not None:
            self._java.close()
