"""Responses of FastHttpUser's client. What is expensive about them is decoded when it is asked for."""
import _katydid_http as _http
import _katydid_json_later as _json
from _katydid_later import later_of_reply
from geventhttpclient.header import Headers
from geventhttpclient.response import HTTPParseError
from geventhttpclient.useragent import CompatRequest, CompatResponse, ConnectionError

from ..exception import CatchResponseError, LocustError, ResponseError

_EARLY = ("Tried to set status on a request that has not yet been made. Make sure you use a with-block, like this:\n\n"
          "with self.client.request(..., catch_response=True) as response:\n    response.{}")
_NOT_CAUGHT = ("If you want to change the state of the request, you must pass catch_response=True. See "
               "http://docs.locust.io/en/stable/writing-a-locustfile.html#validating-responses")
_NO_TEXT = "the JSON object must be str, bytes or bytearray, not NoneType"


BODY_ERRORS = frozenset(
    ("BROKEN_BODY", "RESET_IN_BODY", "READ_TIMEOUT_IN_BODY", "BAD_ENCODING", "BODY_TOO_LARGE"))
"""Failures of Java's after the headers."""


def body_error(reply):
    """What geventhttpclient raises where the body of a reply is read."""
    kind = reply.failureKind()
    if kind == "RESET_IN_BODY":
        from _katydid_http_errors import os_error
        return os_error(kind, reply.failureErrno(), reply.failureMessage())
    if kind == "READ_TIMEOUT_IN_BODY":
        return TimeoutError("timed out")
    if kind == "BAD_ENCODING":
        from _katydid_http_errors import decode_error
        return decode_error(reply)[1]
    if kind == "BROKEN_BODY":
        return HTTPParseError("Incomplete response.")
    number = reply.failureErrno()
    return HTTPParseError(reply.failureMessage(), number) if number else HTTPParseError(reply.failureMessage())


class LocustBadStatusCode(ConnectionError):
    """The status is not one of FastHttpUser's good ones."""

    def __repr__(self):
        return f"LocustBadStatusCode(code={self.code})"


class FastRequest(CompatRequest):
    """A request as it was sent."""

    @classmethod
    def _of(cls, reply):
        headers = Headers(pair for pair in _http.pairs(reply.requestHeaderText()) if pair[0] != "Host")
        body = reply.requestBodyLatin1()
        if body is not None:
            body = body.encode("latin-1")
            if reply.requestBodyIsText():
                body = body.decode("utf-8", "replace")
        return cls(reply.finalUrl(), reply.requestMethod(), headers, body)


def _elapsed(response):
    from datetime import timedelta
    return timedelta(microseconds=response._reply.elapsedNanos() // 1000)


def _history(response):
    return [FastResponse._of(response._reply.hop(index)) for index in range(response._reply.hopCount())]


class FastResponse(CompatResponse):
    """What the server answered."""

    encoding = None
    _reply = None
    _session = None
    _method = None
    _name = None
    _context = {}
    _streamed = False
    _content = None
    _text = None
    _failure = None
    _url = None
    _meta = None
    _error = None
    _unreadable = None

    @classmethod
    def _of(cls, reply):
        response = cls.__new__(cls)
        response._reply = reply
        response.status_code = reply.receivedStatus()
        return response

    headers = later_of_reply(lambda response: Headers(_http.pairs(response._reply.headerText())))
    request = later_of_reply(lambda response: FastRequest._of(response._reply))
    history = later_of_reply(_history)
    elapsed = later_of_reply(_elapsed)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.release()

    def __len__(self):
        return len(self.content)

    def __bool__(self):
        return True

    def __iter__(self):
        return iter(self.content.splitlines(keepends=True))

    @property
    def ok(self):
        return self.status_code < 400

    @property
    def status(self):
        return self.status_code

    @property
    def url(self):
        return self._reply.finalUrl()

    @property
    def content(self):
        content = self._content
        if content is None:
            if self._unreadable is not None:
                raise self._unreadable
            content = self._content = self.read() if self._streamed else _http.content(self._reply)
        return content

    @property
    def data(self):
        return self.content

    @property
    def text(self):
        text = self._text
        if text is None:
            if self._unreadable is not None:
                raise self._unreadable
            if self._streamed:
                self.encoding = self._reply.encoding() or "utf-8"
                text = self.content.decode(self.encoding, "replace")
            else:
                text = self._reply.text()
                self.encoding = self._reply.encoding() or "utf-8"
            self._text = text
        return text

    def json(self):
        """The text parsed as JSON."""
        text = self.text
        if text is None:
            raise TypeError(_NO_TEXT)
        return _json.loads(text)

    def raise_for_status(self):
        """Raises the error the request was reported with, if there was one."""
        error = self.__dict__.get("error")
        if error is not None:
            raise error

    def read(self, n=None):
        """Bytes of a streamed body."""
        data = _http.read(self._reply, -1 if n is None else n)
        if not data and self._reply.failureKind() is not None:
            raise body_error(self._reply)
        return data

    @property
    def stream(self):
        """Something with read(n)."""
        return self

    def iter_content(self, chunk_size=1024, decode_content=True):
        """The body in pieces: text, or bytes without decode_content."""
        if decode_content:
            import codecs
            decoder = codecs.getincrementaldecoder(self._reply.encoding() or "utf-8")("replace")
        while True:
            if self._streamed:
                piece = self.read(chunk_size)
            else:
                at = self.__dict__.setdefault("_at", 0)
                piece = self.content[at:at + chunk_size]
                self._at = at + chunk_size
            if not piece:
                break
            yield decoder.decode(piece) if decode_content else piece

    def info(self):
        return self.headers

    def isclosed(self):
        return not self._streamed

    def release(self):
        """Gives a streamed response's connection back."""
        if self._streamed:
            self._reply.close()

    def success(self):
        raise LocustError(_NOT_CAUGHT)

    def failure(self, *_args, **_kwargs):
        raise LocustError(_NOT_CAUGHT)

    # Reporting

    @property
    def request_meta(self):
        """The event's keyword arguments; a script may change them before they are reported."""
        meta = self._meta
        return meta if meta is not None else self._make_meta()

    @request_meta.setter
    def request_meta(self, meta):
        self._meta = meta

    def _make_meta(self):
        reply = self._reply if self._failure is None else self._failure
        user = self._session.user
        context = user.context() if user is not None else None
        context = {**(context or {}), **self._context} if context or self._context else {}
        meta = self._meta = {
            "request_type": self._method, "name": self._name, "context": context, "response": self,
            "exception": None, "start_time": _http.start_time_of(reply),
            "url": reply.givenUrl() if self._url is None else self._session._absolute(self._url),
            "response_length": _http.length_of(reply), "response_time": _http.millis_of(reply)}
        return meta

    def _judge(self):
        """Reports the request by its status."""
        self._report(self._error)

    def _report(self, exception):
        event = self._session.request_event
        meta = self._meta
        if event.has_listeners or exception is not None:
            # A failure goes this way too: the event knows how its text is shown.
            if meta is None:
                meta = self._make_meta()
            meta["exception"] = exception
            event.fire(**meta)
        elif meta is None:
            reply = self._reply if self._failure is None else self._failure
            name = self._name
            _http.record_reply(reply, self._method, name if type(name) is str else str(name), None)
        else:
            _http.record(str(meta["request_type"]), str(meta["name"]), meta["response_time"],
                         meta["response_length"], None)


class ErrorResponse(FastResponse):
    """Stands for a request without a reply; `error` says why."""

    headers = None
    content = None
    text = None
    status_code = 0
    error = None
    url = None

    def __init__(self, request, error):
        self.request = request
        self.url = request.url
        self.error = error


class ResponseContextManager(FastResponse):
    """Adds the with-block of catch_response to a response: success() and failure() decide what is reported."""

    _entered = False
    _verdict = None

    def __enter__(self):
        self._entered = True
        return self

    def __exit__(self, exc, value, traceback):
        verdict = self._verdict
        if verdict is not None:
            self._report(None if verdict is True else verdict)
            return exc is None
        if exc is not None:
            if isinstance(value, ResponseError):
                self._report(value)
                return True
            return False
        self._judge()
        return True

    def success(self):
        """Reports the request as a success, whatever its status."""
        if not self._entered:
            raise LocustError(_EARLY.format("success()"))
        self._verdict = True

    def failure(self, exc):
        """Reports the request as a failure, with an exception or a text."""
        if not self._entered:
            raise LocustError(_EARLY.format("failure(...)"))
        self._verdict = exc if isinstance(exc, Exception) else CatchResponseError(exc)

    def raise_for_status(self):
        """Raises the failure that was set; if nothing was, what the request would be reported with."""
        verdict = self._verdict
        if verdict is None:
            super().raise_for_status()
        elif verdict is not True:
            raise verdict


class ErrorContextManager(ResponseContextManager, ErrorResponse):
    """The same for a request without a reply."""

    def __init__(self, request, error):
        ErrorResponse.__init__(self, request, error)
