"""The response of a request. Everything expensive is decoded when it is first asked for."""
import _katydid_http as _http
import _katydid_json_later as _json
from _katydid_later import later_of_reply
from .exceptions import HTTPError, JSONDecodeError, StreamConsumedError
from .structures import CaseInsensitiveDict

CONTENT_CHUNK_SIZE = 10 * 1024
_UNSET = object()


def _elapsed(response):
    from datetime import timedelta
    return timedelta(microseconds=response._reply.elapsedNanos() // 1000)


def _history(response):
    reply = response._reply
    return [Response._of(reply.hop(index), response._timeout) for index in range(reply.hopCount())]


def _cookies(response):
    from .cookies import RequestsCookieJar
    return RequestsCookieJar._around(response._reply.cookies())


def _request(response):
    from .models import PreparedRequest
    return PreparedRequest._of(response._reply)


def _raw(response):
    from urllib3.response import HTTPResponse
    return HTTPResponse._of(response, decode_content=False)


def _headers(response):
    headers = CaseInsensitiveDict()
    store = headers._store
    for name, value in _http.pairs(response._reply.headerText()):
        key = name.lower()
        before = store.get(key)
        store[key] = (name, value) if before is None else (before[0], before[1] + ", " + value)
    return headers


def _connection(response):
    from .adapters import HTTPAdapter
    return HTTPAdapter()


class Response:
    """What the server answered."""

    __attrs__ = ["_content", "status_code", "url", "headers", "history", "encoding", "reason", "cookies", "elapsed",
                 "request"]

    _reply = None
    _timeout = None
    _streamed = False
    _content = False
    _content_consumed = False
    _encoding = _UNSET
    _text = None
    _next = None

    def __init__(self):
        from datetime import timedelta
        from .cookies import RequestsCookieJar
        self._content = False
        self.status_code = None
        self.headers = CaseInsensitiveDict()
        self.raw = None
        self.url = None
        self.encoding = None
        self.history = []
        self.reason = None
        self.cookies = RequestsCookieJar()
        self.elapsed = timedelta(0)
        self.request = None

    @classmethod
    def _of(cls, reply, timeout=None, streamed=False):
        """The response of a Java reply that has a status."""
        response = cls.__new__(cls)
        response._reply = reply
        response.status_code = reply.status()
        if timeout is not None:
            response._timeout = timeout
        if streamed:
            response._streamed = True
        return response

    headers = later_of_reply(_headers)
    cookies = later_of_reply(_cookies)
    history = later_of_reply(_history)
    elapsed = later_of_reply(_elapsed)
    request = later_of_reply(_request)
    raw = later_of_reply(_raw)
    connection = later_of_reply(_connection)
    url = later_of_reply(lambda response: response._reply.finalUrl())
    reason = later_of_reply(lambda response: response._reply.reason())

    def __getstate__(self):
        """Everything a response has, its body too; not the connection."""
        self.content
        values = ((name, getattr(self, name, None)) for name in self.__attrs__)
        return {name: None if value is None else value for name, value in values}

    def __setstate__(self, state):
        self.__dict__.update(state)
        self.__dict__["_content_consumed"] = True
        self.__dict__["raw"] = None

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def __repr__(self):
        return f"<Response [{self.status_code}]>"

    def __bool__(self):
        return self.ok

    def __iter__(self):
        return self.iter_content(128)

    @property
    def ok(self):
        """False for 4xx and 5xx."""
        try:
            self.raise_for_status()
        except HTTPError:
            return False
        return True

    @property
    def is_redirect(self):
        return "location" in self.headers and self.status_code in (301, 302, 303, 307, 308)

    @property
    def is_permanent_redirect(self):
        return "location" in self.headers and self.status_code in (301, 308)

    @property
    def next(self):
        """The prepared request that would follow this redirect, if redirects are not followed."""
        if self._next is None and self._reply is not None and self.is_redirect:
            from .sessions import following_request
            self._next = following_request(self)
        return self._next

    @property
    def content(self):
        """The body as bytes."""
        content = self._content
        if content is False:
            content = self._content = self._load()
            self._content_consumed = True
        return content

    def _load(self):
        if self._reply is not None and not self._streamed:
            return _http.content(self._reply)
        if self._content_consumed:
            raise RuntimeError("The content for this response was already consumed")
        if self.status_code == 0 or self.raw is None:
            return None
        if self._reply is not None:
            return self._rest()
        return b"".join(self.iter_content(CONTENT_CHUNK_SIZE)) or b""

    def _rest(self):
        """All that is left of a streamed body; Java sees to it that this does not fill the memory."""
        self._content_consumed = True
        rest = _http.read(self._reply, -1)
        if not rest and self._reply.failureKind() is not None:
            from _katydid_http_errors import requests_error
            raise requests_error(self._reply, self._timeout)[0]
        return rest

    @property
    def encoding(self):
        """The name of the text's encoding, from the headers; may be set."""
        if self._encoding is _UNSET:
            # A null of Java's is no None of Python's.
            self._encoding = None if self._reply is None else self._reply.encoding() or None
        return self._encoding

    @encoding.setter
    def encoding(self, name):
        self._encoding = name
        self._text = None

    @property
    def apparent_encoding(self):
        """The encoding the bytes look like."""
        from .utils import detected_encoding
        return detected_encoding(self.content)

    @property
    def text(self):
        """The body as text."""
        if self._reply is not None and not self._streamed and self._content is False:
            text = self._text
            if text is None:
                text = self._text = self._decoded() if self._encoding is not _UNSET else self._reply.text()
            return text
        return self._decoded()

    def _decoded(self):
        content = self.content
        if not content:
            return ""
        encoding = self.encoding
        if encoding is None:
            encoding = self.apparent_encoding
        try:
            return str(content, encoding, errors="replace")
        except (LookupError, TypeError):
            return str(content, errors="replace")

    def json(self, **kwargs):
        """The body parsed as JSON; requests.exceptions.JSONDecodeError if it is not JSON."""
        if self._reply is not None and not self._streamed and not kwargs and self._content is False:
            text = _http.json_text_of(self._reply)
        else:
            text = self._json_text()
        try:
            if kwargs:
                import json
                return json.loads(text, **kwargs)
            return _json.loads(text)
        except ValueError as error:
            from _katydid_json import JSONDecodeError as Unreadable
            if not isinstance(error, Unreadable):
                raise
            raise JSONDecodeError(error.msg, error.doc, error.pos) from None

    def _json_text(self):
        content = self.content
        if not self.encoding and content and len(content) > 3:
            from .utils import guess_json_utf
            encoding = guess_json_utf(content)
            if encoding is not None:
                try:
                    return content.decode(encoding)
                except UnicodeDecodeError:
                    return self.text
        return self.text

    @property
    def links(self):
        """The Link header's links by their relation."""
        from .utils import parse_header_links
        found = {}
        header = self.headers.get("link")
        if header:
            for link in parse_header_links(header):
                found[link.get("rel") or link.get("url")] = link
        return found

    def raise_for_status(self):
        """Raises HTTPError for 4xx and 5xx."""
        if self.status_code >= 400:
            text = status_text(self.status_code, self.reason, self.url)
            if text:
                raise HTTPError(text, response=self)

    def iter_content(self, chunk_size=1, decode_unicode=False):
        """The body in pieces; of a streamed response as they come."""
        if chunk_size is not None and not isinstance(chunk_size, int):
            raise TypeError(f"chunk_size must be an int, it is instead a {type(chunk_size)}.")
        if self._content_consumed and isinstance(self._content, bool):
            raise StreamConsumedError()
        if self._streamed and not self._content_consumed:
            pieces = self._stream(chunk_size)
        elif self._content is None:
            pieces = self._nothing(chunk_size)
        else:
            content = self.content or b""
            size = len(content) if chunk_size is None or chunk_size <= 0 else chunk_size
            pieces = (content[start:start + size] for start in range(0, len(content), size))
        if decode_unicode and self.encoding is not None:
            pieces = _decoded_pieces(pieces, self.encoding)
        return pieces

    def _stream(self, chunk_size):
        reply = self._reply
        if reply is None:
            while True:
                piece = self.raw.read(chunk_size)
                if not piece:
                    break
                yield piece
        else:
            while True:
                piece = _http.read(reply, chunk_size or 0)
                if not piece:
                    break
                yield piece
            if reply.failureKind() is not None:
                from _katydid_http_errors import requests_error
                error, _ = requests_error(reply, self._timeout)
                self._content_consumed = True
                raise error
        self._content_consumed = True

    def _nothing(self, chunk_size):
        """The pieces of a request that failed: there is nothing to be read, which raises what it raises in requests."""
        if not self._content_consumed:
            self.raw.read(chunk_size)
        yield from range(0, len(self._content), chunk_size or 1)

    def iter_lines(self, chunk_size=512, decode_unicode=False, delimiter=None):
        """The body's lines without their ends."""
        pending = None
        for piece in self.iter_content(chunk_size=chunk_size, decode_unicode=decode_unicode):
            if pending is not None:
                piece = pending + piece
            lines = piece.split(delimiter) if delimiter else piece.splitlines()
            if lines and lines[-1] and piece and lines[-1][-1] == piece[-1]:
                pending = lines.pop()
            else:
                pending = None
            yield from lines
        if pending is not None:
            yield pending

    def close(self):
        """Gives a streamed response's connection back."""
        if self._streamed and self._reply is not None:
            self._reply.close()


def status_text(status, reason, url):
    """What raise_for_status says about a status; None if that is no error."""
    if isinstance(reason, bytes):
        try:
            reason = reason.decode("utf-8")
        except UnicodeDecodeError:
            reason = reason.decode("iso-8859-1")
    if 400 <= status < 500:
        return f"{status} Client Error: {reason} for url: {url}"
    if 500 <= status < 600:
        return f"{status} Server Error: {reason} for url: {url}"
    return None


def _decoded_pieces(pieces, encoding):
    import codecs
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    for piece in pieces:
        text = decoder.decode(piece)
        if text:
            yield text
    text = decoder.decode(b"", final=True)
    if text:
        yield text
