"""The raw response: bytes as they come, and a file of them."""
import io

import _katydid_http as _http
from ._collections import HTTPHeaderDict


class BaseHTTPResponse(io.IOBase):
    """Base of responses; only for isinstance."""


class _Socket:
    """As much of the socket below a response as locustfiles ask for."""

    def __init__(self, url):
        self._url = url

    def getpeername(self):
        """The address at which the server is. Of a name with several it is not known which one was taken."""
        import errno
        import socket
        from urllib.parse import urlsplit
        parts = urlsplit(self._url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        found = dict.fromkeys(entry[4] for entry in socket.getaddrinfo(parts.hostname, port, 0, socket.SOCK_STREAM))
        if len(found) != 1:
            raise OSError(errno.ENOTCONN, f"{parts.hostname} has several addresses; which one was taken is not known")
        return next(iter(found))


class HTTPResponse(BaseHTTPResponse):
    """A body with status and headers. What requests gives as `raw` is read as the server has sent it, unless
    decode_content asks for more; the first to read decides."""

    def __init__(self, body=b"", headers=None, status=0, version=11, reason=None, preload_content=True, **kwargs):
        self.status = status
        self.reason = reason
        self.version = version
        self.headers = headers if isinstance(headers, HTTPHeaderDict) else HTTPHeaderDict(headers)
        self._reply = None
        self._rest = body.read() if hasattr(body, "read") else body or b""
        self._data = self._rest if preload_content else None
        self._url = kwargs.get("request_url")
        self.decode_content = True
        self._connection = kwargs.get("connection")
        self._retries = kwargs.get("retries")

    @classmethod
    def _of(cls, response, decode_content=True):
        """The raw side of a requests response."""
        reply = response._reply
        raw = cls.__new__(cls)
        raw.status = response.status_code
        raw.reason = reply.reason()
        raw.version = reply.httpVersion()
        raw.headers = HTTPHeaderDict(_http.pairs(reply.headerText()))
        raw._reply = reply if response._streamed else None
        raw._rest = b"" if response._streamed else _http.content(reply)
        raw._data = None
        raw._url = reply.finalUrl()
        raw.decode_content = decode_content
        raw._connection = raw._retries = None
        return raw

    @property
    def retries(self):
        """What is left of the attempts."""
        if self._retries is None:
            from .util.retry import Retry
            self._retries = Retry(0, read=False)
        return self._retries

    @retries.setter
    def retries(self, value):
        self._retries = value

    @property
    def connection(self):
        """Where the response has come from; its `sock` tells the server's address."""
        if self._connection is None and self._url:
            from urllib.parse import urlsplit
            from .connection import HTTPConnection, HTTPSConnection
            parts = urlsplit(self._url)
            tls = parts.scheme == "https"
            self._connection = (HTTPSConnection if tls else HTTPConnection)(
                parts.hostname, parts.port or (443 if tls else 80))
            self._connection.sock = _Socket(self._url)
        return self._connection

    _original_response = None

    @property
    def data(self):
        if self._data is None:
            self._data = self.read()
        return self._data

    @property
    def msg(self):
        return self.headers

    @property
    def url(self):
        return self._url

    def geturl(self):
        return self._url

    def json(self):
        import _katydid_json
        return _katydid_json.loads(self.data.decode("utf-8"))

    def read(self, amt=None, decode_content=None, cache_content=False):
        """Up to `amt` bytes, or the rest."""
        size = -1 if amt is None or amt < 0 else amt
        if size == 0:
            return b""
        if self._rest and (size > 0 and size <= len(self._rest) or self._reply is None):
            size = len(self._rest) if size < 0 else size
            piece, self._rest = self._rest[:size], self._rest[size:]
            return piece
        before, self._rest = self._rest, b""
        if self._reply is None:
            return before
        return before + self._more(size if size < 0 else size - len(before), decode_content)

    def _more(self, size, decode_content=None):
        return _http.read(self._reply, size, self.decode_content if decode_content is None else decode_content)

    def read1(self, amt=None, decode_content=None):
        """What comes first, at most `amt` bytes."""
        if not self._rest and self._reply is not None:
            self._rest = self._more(0, decode_content)
        size = len(self._rest) if amt is None or amt < 0 else amt
        piece, self._rest = self._rest[:size], self._rest[size:]
        return piece

    def readinto(self, buffer):
        with memoryview(buffer).cast("B") as view:
            piece = self.read1(len(view))
            view[:len(piece)] = piece
        return len(piece)

    def readline(self, size=-1):
        """A line with its end; the last one may have none."""
        lines, left = [], -1 if size is None else size
        while left:
            if not self._rest and self._reply is not None:
                self._rest = self._more(0)
            if not self._rest:
                break
            end = self._rest.find(b"\n") + 1 or len(self._rest)
            end = end if left < 0 else min(end, left)
            lines.append(self._rest[:end])
            self._rest = self._rest[end:]
            left = left if left < 0 else left - end
            if lines[-1].endswith(b"\n"):
                break
        return b"".join(lines)

    def stream(self, amt=2 ** 16, decode_content=None):
        while True:
            piece = self.read(amt, decode_content)
            if not piece:
                return
            yield piece

    def readable(self):
        return True

    def __iter__(self):
        while True:
            line = self.readline()
            if not line:
                return
            yield line

    def getheaders(self):
        return self.headers

    def getheader(self, name, default=None):
        return self.headers.get(name, default)

    def info(self):
        return self.headers

    def isclosed(self):
        return self.closed

    def release_conn(self):
        self.close()

    def drain_conn(self):
        self.read()

    def close(self):
        if not self.closed:
            super().close()
            if self._reply is not None:
                self._reply.close()

    def __del__(self):
        """Not IOBase's, which closes: others may still read of the same reply."""
