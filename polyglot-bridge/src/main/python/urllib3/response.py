"""The raw response: bytes as they come."""
import _katydid_http as _http
from ._collections import HTTPHeaderDict


class BaseHTTPResponse:
    """Base of responses; only for isinstance."""


class HTTPResponse(BaseHTTPResponse):
    """A body with status and headers. The body is already decompressed."""

    def __init__(self, body=b"", headers=None, status=0, version=11, reason=None, preload_content=True, **kwargs):
        self.status = status
        self.reason = reason
        self.version = version
        self.headers = headers if isinstance(headers, HTTPHeaderDict) else HTTPHeaderDict(headers)
        self._reply = None
        self._rest = body.read() if hasattr(body, "read") else body or b""
        self._data = self._rest if preload_content else None
        self._url = kwargs.get("request_url")
        self.closed = False
        self.decode_content = True

    @classmethod
    def _of(cls, response):
        """The raw side of a requests response."""
        reply = response._reply
        raw = cls.__new__(cls)
        raw.status = response.status_code
        raw.reason = reply.reason()
        raw.version = reply.httpVersion()
        raw.headers = HTTPHeaderDict(_http.pairs(reply.headerText()))
        raw._reply = reply if response._streamed else None
        raw._rest = b"" if response._streamed else None if response._reply is None else _http.content(reply)
        raw._data = None
        raw._url = reply.finalUrl()
        raw.closed = False
        raw.decode_content = True
        return raw

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
        if self._reply is None:
            size = len(self._rest) if amt is None or amt < 0 else amt
            piece, self._rest = self._rest[:size], self._rest[size:]
            return piece
        return _http.read(self._reply, -1 if amt is None else amt)

    def stream(self, amt=2 ** 16, decode_content=None):
        while True:
            piece = self.read(amt)
            if not piece:
                return
            yield piece

    def readable(self):
        return True

    def __iter__(self):
        pending = b""
        for piece in self.stream():
            lines = (pending + piece).split(b"\n")
            pending = lines.pop()
            for line in lines:
                yield line + b"\n"
        if pending:
            yield pending

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
        self.closed = True
        if self._reply is not None:
            self._reply.close()
