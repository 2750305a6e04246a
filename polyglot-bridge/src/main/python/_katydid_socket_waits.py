"""Sockets that wait outside of Python, so that other users run meanwhile, however many wait.

GraalPy's own sockets never block here: what would block is tried, and Java (class PythonSockets) waits until it is worth
trying again. The timeout that a script sets is kept beside. Connecting, binding and listening are Java's too: GraalPy
connects only blocking, and binds only when it listens.

With -Dkatydid.pythonSockets=graalpy none of this is used.
"""
import _socket
import errno
import os
import time

import _katydid

_READ, _WRITE = 1, 2
_DONT_WAIT = 0x40
_REUSE_ADDRESS = 2
_SOL_SOCKET, _SO_ERROR = 1, 4
_plain = _socket.socket
_close_there = _socket.close
_java = _katydid._host.sockets()
available = _java is not None
# The socket that was made last for a file, by the file's number: its id. `ssl` makes one of another's file before it
# detaches the other.
_latest = {}


def _error(number):
    """The exception for what Java has returned."""
    if number < 0:
        return _socket.gaierror(number, "Name or service not known")
    return OSError(number, os.strerror(number))


def _seconds(value):
    """A timeout as the script gives it, in seconds; None waits for ever."""
    if value is None:
        return None
    seconds = float(value)
    if seconds != seconds:
        raise ValueError("Invalid value NaN (not a number)")
    if seconds < 0:
        raise ValueError("Timeout value out of range")
    return seconds


def _exact(error):
    """An error of a socket with its number: GraalPy has errno.EIO for those it does not know."""
    if error.errno != errno.EIO:
        return error
    return _error(_java.numberOf(error.strerror or ""))


class Deadline:
    """Until when an operation may wait, which may take several waits."""

    __slots__ = ("_limit", "_until")

    def __init__(self, limit):
        self._limit = limit
        self._until = None

    def wait(self, fd, what):
        """Waits until the socket is ready; TimeoutError if the time is up."""
        if self._limit is None:
            rest = -1.0
        else:
            now = time.monotonic()
            if self._until is None:
                self._until = now + self._limit
            rest = self._until - now
            if rest <= 0:
                raise TimeoutError("timed out")
        ready = _katydid.blocking(_java_await, fd, what, rest)
        if ready < 0:
            raise _katydid.death()
        if not ready:
            raise TimeoutError("timed out")


class Socket(_plain):
    """A socket whose waiting is Java's."""

    __slots__ = ("_limit", "_connecting", "_failed")

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        self._connecting = False
        self._failed = 0
        super().__init__(family, type, proto, fileno)
        self._limit = _socket.getdefaulttimeout()
        super().settimeout(0)
        _latest[super().fileno()] = id(self)

    # What has been set, beside the socket below, which never blocks.

    def settimeout(self, value):
        self._limit = _seconds(value)

    def gettimeout(self):
        return self._limit

    @property
    def timeout(self):
        return self._limit

    def setblocking(self, flag):
        self._limit = None if flag else 0.0

    def getblocking(self):
        return self._limit != 0

    # Waiting.

    def _try(self, what, method, *arguments):
        """Does it, as soon as that is possible."""
        if self._connecting:
            self._settle(method)
        deadline = None
        while True:
            try:
                return method(self, *arguments)
            except BlockingIOError:
                if self._limit == 0:
                    raise
            except OSError as error:
                raise _exact(error)
            if deadline is None:
                deadline = Deadline(self._limit)
            deadline.wait(self.fileno(), what)

    def _settle(self, method):
        """Connecting was begun: it is over before anything else is done."""
        if self._limit == 0:
            if self._outcome() == errno.EINPROGRESS:
                raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        else:
            deadline = Deadline(self._limit)
            while self._outcome() == errno.EINPROGRESS:
                deadline.wait(self.fileno(), _WRITE)
        if self._failed:
            number, self._failed = self._failed, 0
            raise _error(number)

    def _outcome(self):
        """How connecting has ended; EINPROGRESS if it has not. A failure is kept for whoever asks for it."""
        number = _java.connected(self.fileno())
        if number != errno.EINPROGRESS:
            self._connecting = False
            self._failed = number
            if not number:
                self._has_channel()
        return number

    def _has_channel(self):
        """From here on options can be set."""

    def _is_stream(self):
        return _java.isStream(self.fileno())

    # Connecting, binding, listening.

    def _start_connecting(self, address):
        if self._connecting:
            number = self._outcome()
            if number == errno.EINPROGRESS:
                return errno.EALREADY
            self._failed = 0
            return number
        host, port = self._checked(address, "connect")
        number = _java.connect(self.fileno(), self._inet_family(), host, port)
        self._connecting = number == errno.EINPROGRESS
        if not number:
            self._has_channel()
        return number

    def connect(self, address):
        if not self._is_stream():
            return super().connect(address)
        number = self._start_connecting(address)
        if number == errno.EINPROGRESS and self._limit != 0:
            self._settle(None)
        elif number:
            raise _error(number)

    def connect_ex(self, address):
        if not self._is_stream():
            return super().connect_ex(address)
        number = self._start_connecting(address)
        if number < 0:
            raise _error(number)
        if number == errno.EINPROGRESS and self._limit != 0:
            try:
                self._settle(None)
            except TimeoutError as error:
                return error.errno or errno.EAGAIN
            except OSError as error:
                return error.errno
            return 0
        return number

    def bind(self, address):
        if not self._is_stream():
            return super().bind(address)
        host, port = self._checked(address, "bind")
        reuse = self._wish(_SOL_SOCKET, _REUSE_ADDRESS)
        number = _java.bind(self.fileno(), self._inet_family(), host, port, bool(reuse))
        if number:
            raise _error(number)

    def listen(self, backlog=128):
        if not self._is_stream():
            return super().listen(backlog)
        number = _java.listen(self.fileno(), self._inet_family(), max(int(backlog), 1))
        if number:
            raise _error(number)

    def _wish(self, level, name):
        """The value of an option as it was set; None if it was not."""
        return None

    def _inet_family(self):
        return int(_plain.family.__get__(self))

    def _checked(self, address, call):
        """(host, port) of an address as CPython takes it."""
        version = 6 if self._inet_family() == _socket.AF_INET6 else 4
        if not isinstance(address, tuple):
            raise TypeError(f"{call}(): AF_INET{'6' if version == 6 else ''} address must be tuple, not {type(address).__name__}")
        if len(address) != 2 and (version == 4 or len(address) > 4):
            raise TypeError(f"AF_INET{'6' if version == 6 else ''} address must be a pair (host, port"
                            + ("[, flowinfo[, scopeid]])" if version == 6 else ")"))
        host, port = address[:2]
        if isinstance(host, (bytes, bytearray)):
            host = bytes(host).decode("ascii")
        if not isinstance(host, str):
            raise TypeError("str, bytes or bytearray expected, not " + type(host).__name__)
        port = port.__index__() if hasattr(port, "__index__") else int(port)
        if not 0 <= port <= 65535:
            raise OverflowError(f"{call}(): port must be 0-65535.")
        if host == "<broadcast>":
            host = "255.255.255.255"
        elif host and not host.isascii():
            host = host.encode("idna").decode("ascii")
        return host, port

    # Sending and receiving.

    def _accept(self):
        return self._try(_READ, _plain._accept)

    def recv(self, size, flags=0):
        if flags & _DONT_WAIT:
            return super().recv(size, flags)
        return self._try(_READ, _plain.recv, size, flags)

    def recv_into(self, buffer, nbytes=0, flags=0):
        if flags & _DONT_WAIT:
            return super().recv_into(buffer, nbytes, flags)
        return self._try(_READ, _plain.recv_into, buffer, nbytes, flags)

    def recvfrom(self, size, flags=0):
        if flags & _DONT_WAIT:
            return super().recvfrom(size, flags)
        return self._try(_READ, _plain.recvfrom, size, flags)

    def recvfrom_into(self, buffer, nbytes=0, flags=0):
        if flags & _DONT_WAIT:
            return super().recvfrom_into(buffer, nbytes, flags)
        return self._try(_READ, _plain.recvfrom_into, buffer, nbytes, flags)

    def send(self, data, flags=0):
        if flags & _DONT_WAIT:
            return super().send(data, flags & ~_DONT_WAIT)
        return self._try(_WRITE, _plain.send, data, flags)

    def sendall(self, data, flags=0):
        if self._connecting:
            self._settle(None)
        with memoryview(data) as view, view.cast("B") as left:
            sent = 0
            deadline = None
            while sent < len(left):
                try:
                    sent += _plain.send(self, left[sent:] if sent else data, flags)
                    continue
                except BlockingIOError:
                    if self._limit == 0:
                        raise
                except OSError as error:
                    raise _exact(error)
                if deadline is None:
                    deadline = Deadline(self._limit)
                deadline.wait(self.fileno(), _WRITE)

    def sendto(self, data, *rest):
        return self._try(_WRITE, _plain.sendto, data, *rest)

    def getpeername(self):
        if self._connecting and self._outcome():
            raise OSError(errno.ENOTCONN, os.strerror(errno.ENOTCONN))
        return super().getpeername()

    def getsockopt(self, level, name, *size):
        if level == _SOL_SOCKET and name == _SO_ERROR and not size:
            if self._connecting and self._outcome() == errno.EINPROGRESS:
                return 0
            number, self._failed = self._failed, 0
            return number
        return super().getsockopt(level, name, *size)

    def detach(self):
        # Whoever gets the file reads and writes it by other means, and waits in them.
        if self.fileno() >= 0 and self._is_latest():
            if self._connecting:
                self._settle(None)
            if self._limit != 0:
                _java.closing(self.fileno())
                super().settimeout(None)
        return super().detach()

    def _is_latest(self):
        """Whether no other socket has been made of the same file since."""
        fd = self.fileno()
        if _latest.get(fd) != id(self):
            return False
        del _latest[fd]
        return True

    def close(self):
        if self.fileno() >= 0:
            self._is_latest()
            _java.closing(self.fileno())
        super().close()


def close(fd):
    """_socket.close"""
    _java.closing(fd.__index__())
    _close_there(fd)


class Tls:
    """What the module `ssl` has below its sockets (`SSLSocket._sslobj`): as GraalPy's, which never blocks, with the waiting.
    `socket`: the one that is encrypted."""

    def __init__(self, below, socket, ssl):
        self.__dict__.update(_below=below, _socket=socket, _ssl=ssl)

    def __getattr__(self, name):
        return getattr(self._below, name)

    def __setattr__(self, name, value):
        setattr(self._below, name, value)

    def _try(self, method, *arguments):
        socket, ssl = self._socket, self._ssl
        if socket._connecting:
            socket._settle(None)
        deadline = None
        while True:
            try:
                return method(*arguments)
            except ssl.SSLWantReadError:
                if socket._limit == 0:
                    raise
                what = _READ
            except ssl.SSLWantWriteError:
                if socket._limit == 0:
                    raise
                what = _WRITE
            if deadline is None:
                deadline = Deadline(socket._limit)
            try:
                deadline.wait(socket.fileno(), what)
            except TimeoutError:
                raise TimeoutError(f"The {'read' if what == _READ else 'write'} operation timed out") from None

    def do_handshake(self):
        return self._try(self._below.do_handshake)

    def read(self, *arguments):
        return self._try(self._below.read, *arguments)

    def write(self, data):
        return self._try(self._below.write, data)

    def shutdown(self):
        return self._try(self._below.shutdown)


def wrap(ssl):
    """The sockets of the module `ssl` wait like plain ones."""
    wrap_there = ssl.SSLContext._wrap_socket

    def _wrap_socket(self, sock, *arguments, **options):
        below = wrap_there(self, sock, *arguments, **options)
        return Tls(below, sock, ssl) if isinstance(sock, Socket) else below

    ssl.SSLContext._wrap_socket = _wrap_socket


if available:
    _java_await = getattr(_java, "await")
