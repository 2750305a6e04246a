"""FastHttpUser and its client. On Katydid it is as fast as HttpUser; what differs are the rules of the client."""
import _katydid_http as _http
import _katydid_json_later as _json
import _katydid_urls as _urls
from _katydid_http import death, lock
from _katydid_http_errors import os_error
from _katydid_later import later
from geventhttpclient.header import Headers
from geventhttpclient.response import HTTPConnectionClosed, HTTPParseError
from geventhttpclient.useragent import (
    CompatRequest, CompatResponse, ConnectionError, RetriesExceeded, UnsupportedRedirectSchemeError, UserAgent)

from ..clients import renamed, split_credentials
from ..clients_rest import RestMixin
from ..exception import CatchResponseError, LocustError, ResponseError, StopTest
from ..user.users import User
from ._fast_response import (BODY_ERRORS, ErrorContextManager, ErrorResponse, FastRequest, FastResponse,
                             LocustBadStatusCode, ResponseContextManager, body_error)

FAILURE_EXCEPTIONS = (ConnectionError, ConnectionRefusedError, ConnectionResetError, OSError, HTTPConnectionClosed,
                      HTTPParseError)
_JSON = "application/json"
_FORM = "application/x-www-form-urlencoded; charset=utf-8"


class RestResponseContextManager(ResponseContextManager):
    """Names the type that rest() yields: `js` is the parsed JSON or None."""

    js = None


class LocustUserAgent(UserAgent):
    """Options and cookies, as `self.client.client` shows them."""

    response_type = FastResponse
    request_type = FastRequest
    valid_response_codes = frozenset([200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 301, 302, 303, 304, 307, 308])
    redirect_response_codes = frozenset([301, 302, 303, 307, 308])

    def __init__(self, client_pool=None, **kwargs):
        super().__init__(**kwargs)
        self.clientpool = client_pool


_GOOD = LocustUserAgent.valid_response_codes
_new = object.__new__
_status_of = _http.status_of
_RECORD, _STREAM, _FOLLOW, _ACCEPT_JSON = _http.RECORD, _http.STREAM, _http.FOLLOW, _http.ACCEPT_JSON


def insecure_ssl_context_factory():
    """A context that checks nothing, as the option `insecure` means it."""
    import ssl
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _unusual_headers(headers):
    """Headers with values that are no text, as the lines Java takes."""
    own = []
    for key, value in headers.items():
        if isinstance(value, (list, tuple)):
            value = ", ".join(str(item) for item in value)
        own.append((key, value if type(value) is str else str(value)))
    flat = _http.flat_headers(own)
    if flat is None:
        raise ValueError(f"A header's name or value begins with a space or contains a line break: {dict(own)}")
    return flat


def _unusual_body(data):
    """(text, bytes, content type, flag) of a body that is neither str nor dict."""
    if isinstance(data, str):
        return str(data), None, "text/plain; charset=utf-8", 0
    if isinstance(data, (bytes, bytearray)):
        return None, bytes(data), "application/octet-stream", 0
    if isinstance(data, (dict, list, tuple)):
        return _urls.form(data), None, _FORM, 0
    body = data.read() if hasattr(data, "read") else b"".join(data)
    body = body.encode("utf-8") if isinstance(body, str) else body
    return None, body, "application/octet-stream", _http.CHUNKED


class _OwnConnections:
    """The `clientpool` of a client that was given none: scripts close it to connect anew."""

    def __init__(self, java):
        self._java = java

    def close(self):
        self._java.close()


class FastHttpSession:
    """Sends requests to the user's host and reports every one of them."""

    auth_header = None
    _ready = False
    _plainly = True

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        cls._plainly = cls.request is FastHttpSession.request

    def __init__(self, base_url, request_event, user, insecure=True, client_pool=None, ssl_context_factory=None,
                 **kwargs):
        self._java = _http.new_session(True, getattr(client_pool, "_connections", None), kwargs.pop("concurrency", 10))
        of_pool = getattr(client_pool, "settings", {}).get("ssl_context_factory")
        self._ssl_context_factory = of_pool or ssl_context_factory
        self.request_event = request_event
        self.user = user
        self.request_name = None
        base_url, name, password = split_credentials(base_url)
        self.base_url = base_url
        if name is not None:
            from requests.auth import _basic_auth_str
            self.auth_header = _basic_auth_str(name, password)
        proxy_host = kwargs.pop("proxy_host", None)
        proxy = f"http://{proxy_host}:{kwargs.pop('proxy_port', None) or 80}" if proxy_host else None
        self._settings = (kwargs.pop("connection_timeout", 60.0), kwargs.pop("network_timeout", 60.0), not insecure,
                          (proxy, proxy) if proxy else None)
        self.client = LocustUserAgent(client_pool, cookiejar=None, **kwargs)
        self.client.default_headers._owner = self
        if client_pool is None:
            self.client.clientpool = _OwnConnections(self._java)

    def __setattr__(self, name, value):
        self.__dict__[name] = value
        if name == "base_url":
            self._java.base(str(value))
        elif name in ("auth_header", "client"):
            self.__dict__["_ready"] = False

    @later
    def cookiejar(self):
        """The user's cookies."""
        from requests.cookies import RequestsCookieJar
        jar = self.client.cookiejar = RequestsCookieJar._around(self._java.cookies())
        return jar

    def _changed(self):
        self.__dict__["_ready"] = False

    def _get_ready(self):
        """Tells Java what all requests share."""
        headers = list(self.client.default_headers.items())
        if self.auth_header is not None:
            headers.append(("Authorization", self.auth_header))
        headers.append(("Accept-Encoding", "gzip, deflate, br"))
        connect, read, verify, proxies = self._settings
        cert, names = None, True
        if self._ssl_context_factory is not None:
            import _katydid_ssl
            verify, cert, names = _katydid_ssl.told(self._ssl_context_factory())
        options = _http.options(connect, read, verify, cert, proxies, self.client.max_redirects, names)
        self._java.defaults(_http.flat_headers((name, str(value)) for name, value in headers) or "", options)
        self.__dict__["_java_plain"] = self._java.plain
        self.__dict__["_java_send"] = self._java.send
        self.__dict__["_ready"] = True

    def _absolute(self, path):
        return path if _urls.is_http(path) else f"{self.base_url}{path}"

    def rename_request(self, name):
        """A context manager: requests without a name have this one inside it."""
        return renamed(self, name)

    def request(self, method, url, name=None, data=None, catch_response=False, stream=False, headers=None, auth=None,
                json=None, allow_redirects=True, context={}, **kwargs):
        """Sends a request and reports it. With catch_response the with-block around it decides what is reported."""
        return self._send(method, url, name, data, catch_response, stream, headers, auth, json, allow_redirects,
                          context, kwargs.get("params"), kwargs.get("files"))

    def _send(self, method, url, name, data, catch_response, stream, headers, auth, json, allow_redirects, context,
              params, files):
        if type(url) is not str and not isinstance(url, str):
            raise TypeError("cannot use a string pattern on a bytes-like object" if isinstance(url, bytes) else
                            f"expected string or bytes-like object, got '{type(url).__name__}'")
        name = name or self.request_name or url
        watched = self.request_event.has_listeners
        direct = not catch_response and not watched
        if not self._ready:
            self._get_ready()
        flags = (_RECORD if direct else 0) | (_STREAM if stream else 0) | (_FOLLOW if allow_redirects else 0)
        if headers and not hasattr(headers, "items"):
            headers = dict(headers)
        own = _http.plain_headers(headers) if headers else ""
        if own is None:
            own = _unusual_headers(headers)
        if auth is not None:
            from requests.auth import _basic_auth_str
            own = (own + "\n" if own else "") + "Authorization\n" + _basic_auth_str(*auth)
        text = body = kind = None
        if files:
            from requests.models import PreparedRequest
            body, kind = PreparedRequest._encode_files(files, data)
        elif data:
            if type(data) is str:
                text, kind = data, "text/plain; charset=utf-8"
            elif type(data) is dict:
                text, kind = _urls.form(data), _FORM
            else:
                text, body, kind, chunked = _unusual_body(data)
                flags |= chunked
        elif json is not None:
            text, kind = _json.dumps(json), _JSON
            flags |= _ACCEPT_JSON
        sent = _urls.with_query(url, _urls.encode(params)) if params else url
        row = name if type(name) is str else str(name)
        retries = self.client.max_retries
        while True:
            lock(False)
            try:
                reply = self._java_send(method, sent, row, own or None, text, body, kind, flags, None, None)
            finally:
                lock(True)
            if reply is None:
                raise death()
            if retries <= 0 or reply.failureKind() not in ("READ_TIMEOUT", "CONNECT_TIMEOUT"):
                break
            retries -= 1
        status = _status_of(reply)
        if status not in _GOOD:
            return self._bad(reply, status, method, url, name, catch_response, stream, context, direct)
        response = _new(ResponseContextManager if catch_response else FastResponse)
        response.status_code = status
        response._reply = reply
        response._session = self
        response._method = method
        response._name = name
        response._url = url
        if context:
            response._context = context
        if stream:
            response._streamed = True
        if watched:
            if catch_response:
                response.request_meta
            else:
                response._report(None)
        return response

    def _bad(self, reply, status, method, url, name, catch_response, stream, context, direct):
        """The response of a request without a reply or with a status that is a failure; reports it unless Java has
        done so or the script is going to."""
        if status == 0:
            response = self._failed(reply, method, catch_response)
            direct = False
        else:
            response = _new(ResponseContextManager if catch_response else FastResponse)
            response._reply = reply
            response.status_code = status
            response.error = response._error = LocustBadStatusCode(reply.finalUrl(), code=status)
        response._session = self
        response._method = method
        response._name = name
        response._url = url
        if context:
            response._context = context
        if stream:
            response._streamed = True
        if catch_response:
            if self.request_event.has_listeners:
                response.request_meta
        elif not direct:
            response._report(response._error)
        return response

    def _failed(self, reply, method, catch_response):
        """The response of a request that went wrong."""
        kind = reply.failureKind()
        url = reply.url()
        if kind in ("INVALID_URL", "INVALID_HEADER", "REDIRECT_URL"):
            raise ValueError(reply.failureMessage())
        if kind in BODY_ERRORS:
            # There is a response, with what has come of its body; only the report says that it failed.
            response = (ResponseContextManager if catch_response else FastResponse)._of(reply)
            response._error = body_error(reply)
            response._failure = reply
            if kind == "BAD_ENCODING":
                response._unreadable = response._error
            return response
        error = self._error(kind, reply, url)
        request = FastRequest(self._absolute(url), method.upper())
        response = (ErrorContextManager if catch_response else ErrorResponse)(request, error)
        response._error = error
        response._failure = reply
        return response

    def _error(self, kind, reply, url):
        if kind in ("READ_TIMEOUT", "CONNECT_TIMEOUT"):
            return RetriesExceeded(url, self.client.max_retries, original=TimeoutError("timed out"))
        if kind == "TOO_MANY_REDIRECTS":
            return RetriesExceeded(url, f"Redirection limit reached ({self.client.max_redirects})")
        if kind in ("NOT_HTTP", "BAD_REPLY_HEADER", "BAD_CHUNK") and reply.failureErrno():
            return HTTPParseError(reply.failureMessage(), reply.failureErrno())
        if kind == "CLOSED" or kind == "RESET" and reply.failureErrno() == 104:
            return HTTPConnectionClosed("connection closed.")
        if kind == "REDIRECT_SCHEMA":
            scheme = reply.failureMessage().partition("'")[2].partition(":")[0]
            return UnsupportedRedirectSchemeError(
                reply.failureUrl(), f"refusing to follow redirect to '{scheme}' URL")
        if kind in ("MISSING_SCHEMA", "INVALID_SCHEMA"):
            return os_error("DNS", -2, "Name or service not known")
        error = os_error(kind, reply.failureErrno(), reply.failureMessage())
        return error if error is not None else HTTPParseError(reply.failureMessage())

    def _is_plain(self, url, name):
        """Whether the session asks for nothing that only the long way can do."""
        return self._ready and self.request_name is None and type(url) is str and (
            name is None or type(name) is str) and self._plainly and not self.client.max_retries

    def _answered(self, reply, method, url, name, catch_response, direct):
        """What get() and post() return after the shortest way: nothing but a path, a name, perhaps a JSON body and
        perhaps a with-block. `direct`: Java has recorded it."""
        if reply is None:
            raise death()
        status = _status_of(reply)
        if status not in _GOOD:
            return self._bad(reply, status, method, url, name, catch_response, False, None, direct)
        response = _new(ResponseContextManager if catch_response else FastResponse)
        response.status_code = status
        response._reply = reply
        response._session = self
        response._method = method
        response._name = name
        if not direct and self.request_event.has_listeners:
            if catch_response:
                response.request_meta
            else:
                response._report(None)
        return response

    def get(self, url, *, name=None, catch_response=False, **kwargs):
        if kwargs or not self._is_plain(url, name):
            return self._verb("GET", url, name, catch_response, None, None, kwargs)
        direct = not catch_response and not self.request_event.has_listeners
        name = name or url
        # Called from here and not from a function for both: see HttpSession.
        lock(False)
        try:
            reply = self._java_plain("GET", url, name, None, direct)
        finally:
            lock(True)
        return self._answered(reply, "GET", url, name, catch_response, direct)

    def post(self, url, data=None, json=None, *, name=None, catch_response=False, **kwargs):
        if kwargs or data is not None or json is None or not self._is_plain(url, name):
            return self._verb("POST", url, name, catch_response, data, json, kwargs)
        direct = not catch_response and not self.request_event.has_listeners
        name = name or url
        text = _json.dumps(json)
        lock(False)
        try:
            reply = self._java_plain("POST", url, name, text, direct)
        finally:
            lock(True)
        return self._answered(reply, "POST", url, name, catch_response, direct)

    def head(self, url, *, name=None, catch_response=False, **kwargs):
        return self._verb("HEAD", url, name, catch_response, None, None, kwargs)

    def options(self, url, *, name=None, catch_response=False, **kwargs):
        return self._verb("OPTIONS", url, name, catch_response, None, None, kwargs)

    def delete(self, url, *, name=None, catch_response=False, **kwargs):
        return self._verb("DELETE", url, name, catch_response, None, None, kwargs)

    def put(self, url, data=None, *, name=None, catch_response=False, **kwargs):
        return self._verb("PUT", url, name, catch_response, data, None, kwargs)

    def patch(self, url, data=None, *, name=None, catch_response=False, **kwargs):
        return self._verb("PATCH", url, name, catch_response, data, None, kwargs)

    def _verb(self, method, url, name, catch_response, data, json, kwargs):
        """What get() and its like do when there is more to a request than a name. Not by request(**kwargs): a call
        with many keywords by name costs Python's compiler seconds (docs/graalpy-issues, KeywordOnly)."""
        if not self._plainly:
            return self._own_request(method, url, name, catch_response, data, json, kwargs)
        headers = auth = params = files = None
        stream, allow_redirects, context = False, True, None
        for key, value in kwargs.items():
            if key == "headers":
                headers = value
            elif key == "data":
                data = value
            elif key == "json":
                json = value
            elif key == "params":
                params = value
            elif key == "allow_redirects":
                allow_redirects = value
            elif key == "auth":
                auth = value
            elif key == "stream":
                stream = value
            elif key == "context":
                context = value
            elif key == "files":
                files = value
        return self._send(method, url, name, data, catch_response, stream, headers, auth, json, allow_redirects,
                          context, params, files)

    def _own_request(self, method, url, name, catch_response, data, json, kwargs):
        """A subclass with its own request() gets the keyword arguments as the script has given them."""
        for key, value, usual in (("name", name, None), ("catch_response", catch_response, False),
                                  ("data", data, None), ("json", json, None)):
            if value is not usual:
                kwargs[key] = value
        return self.request(method, url, **kwargs)

    def iter_lines(self, url, method="GET", **kwargs):
        """The lines of a streamed response."""
        response = self.request(method, url, stream=True, **kwargs)
        pending = ""
        for piece in response.iter_content():
            if isinstance(piece, bytes):
                piece = piece.decode("utf-8", "replace")
            lines = (pending + piece).split("\n")
            pending = lines.pop()
            yield from lines
        if pending:
            yield pending


class FastHttpUser(User, RestMixin):
    """A user whose client is a FastHttpSession."""

    network_timeout = 60.0
    connection_timeout = 60.0
    max_redirects = 30
    max_retries = 0
    insecure = True
    default_headers = None
    concurrency = 10
    proxy_host = None
    proxy_port = None
    client_pool = None
    ssl_context_factory = None
    abstract = True

    def __init__(self, environment):
        super().__init__(environment)
        if self.host is None:
            raise StopTest("You must specify the base host. Either in the host attribute in the User class, or on the "
                           "command line using the --host option.")
        self.client = FastHttpSession(
            self.host, self.environment.events.request, self, insecure=self.insecure, client_pool=self.client_pool,
            ssl_context_factory=self.ssl_context_factory, network_timeout=self.network_timeout,
            connection_timeout=self.connection_timeout, max_redirects=self.max_redirects,
            max_retries=self.max_retries, headers=self.default_headers, proxy_host=self.proxy_host,
            proxy_port=self.proxy_port, concurrency=self.concurrency)


def __getattr__(name):
    if name == "FastHttpLocust":
        from .._legacy import fast_http_locust
        globals()[name] = fast_http_locust()
        return globals()[name]
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
