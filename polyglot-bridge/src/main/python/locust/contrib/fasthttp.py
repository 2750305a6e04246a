"""FastHttpUser and its client. On Katydid it is as fast as HttpUser; what differs are the rules of the client."""
import _katydid_http as _http
import _katydid_json_later as _json
import _katydid_urls as _urls
from _katydid_http import death, lock
from _katydid_http_errors import os_error
from _katydid_later import later
from geventhttpclient.header import Headers
from geventhttpclient.response import HTTPConnectionClosed, HTTPParseError
from geventhttpclient.useragent import CompatRequest, CompatResponse, ConnectionError, RetriesExceeded, UserAgent

from ..clients import renamed, split_credentials
from ..clients_rest import RestMixin
from ..exception import CatchResponseError, LocustError, ResponseError, StopTest
from ..user.users import User
from ._fast_response import (ErrorContextManager, ErrorResponse, FastRequest, FastResponse, LocustBadStatusCode,
                             ResponseContextManager)

FAILURE_EXCEPTIONS = (ConnectionError, ConnectionRefusedError, ConnectionResetError, OSError, HTTPConnectionClosed,
                      HTTPParseError)
_JSON = "application/json"


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


def insecure_ssl_context_factory():
    """A context that checks nothing, as the option `insecure` means it."""
    import ssl
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


class FastHttpSession:
    """Sends requests to the user's host and reports every one of them."""

    auth_header = None
    _ready = False

    def __init__(self, base_url, request_event, user, insecure=True, client_pool=None, ssl_context_factory=None,
                 **kwargs):
        self._java = _http.new_session(True)
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
        options = _http.options(connect, read, verify, None, proxies, self.client.max_redirects)
        self._java.defaults(_http.flat_headers((name, str(value)) for name, value in headers) or "", options)
        self.__dict__["_java_plain"] = self._java.plain
        self.__dict__["_ready"] = True

    def _absolute(self, path):
        return path if _urls.is_http(path) else f"{self.base_url}{path}"

    def rename_request(self, name):
        """A context manager: requests without a name have this one inside it."""
        return renamed(self, name)

    def request(self, method, url, name=None, data=None, catch_response=False, stream=False, headers=None, auth=None,
                json=None, allow_redirects=True, context={}, **kwargs):
        """Sends a request and reports it. With catch_response the with-block around it decides what is reported."""
        if not isinstance(url, str):
            raise TypeError("cannot use a string pattern on a bytes-like object" if isinstance(url, bytes) else
                            f"expected string or bytes-like object, got '{type(url).__name__}'")
        name = name or self.request_name or url
        direct = not catch_response and not self.request_event.has_listeners
        if not self._ready:
            self._get_ready()
        flags = (_http.RECORD if direct else 0) | (_http.STREAM if stream else 0) | (
            _http.FOLLOW if allow_redirects else 0)
        own = []
        if headers:
            for key, value in headers.items():
                if isinstance(value, (list, tuple)):
                    value = ", ".join(str(item) for item in value)
                own.append((key, value if type(value) is str else str(value)))
        if auth is not None:
            from requests.auth import _basic_auth_str
            own.append(("Authorization", _basic_auth_str(*auth)))
        text = body = kind = None
        files = kwargs.get("files")
        if files:
            from requests.models import PreparedRequest
            body, kind = PreparedRequest._encode_files(files, data)
        elif data:
            if isinstance(data, str):
                text, kind = data, "text/plain; charset=utf-8"
            elif isinstance(data, (bytes, bytearray)):
                body, kind = bytes(data), "application/octet-stream"
            elif isinstance(data, (dict, list, tuple)):
                pairs = data.items() if isinstance(data, dict) else data
                text = "&".join(_urls.quote_plus(key) + "=" + _urls.quote_plus(value) for key, value in pairs)
                kind = "application/x-www-form-urlencoded; charset=utf-8"
            else:
                body = data.read() if hasattr(data, "read") else b"".join(data)
                body = body.encode("utf-8") if isinstance(body, str) else body
                kind = "application/octet-stream"
                flags |= _http.CHUNKED
        elif json is not None:
            text, kind = _json.dumps(json), _JSON
            flags |= _http.ACCEPT_JSON
        params = kwargs.get("params")
        sent = _urls.with_query(url, _urls.encode(params)) if params else url
        flat = _http.flat_headers(own) if own else None
        if own and flat is None:
            raise ValueError("A header's name or value begins with a space or contains a line break: "
                             f"{dict(own)}")
        row = name if type(name) is str else str(name)
        for attempt in range(self.client.max_retries + 1):
            reply = _http.send(self._java, method, sent, row, flat, text, body, kind, flags, None, None)
            if reply.failureKind() not in ("READ_TIMEOUT", "CONNECT_TIMEOUT"):
                break
        return self._answer(reply, method, url, name, catch_response, stream, context, direct)

    def _answer(self, reply, method, url, name, catch_response, stream, context, direct):
        """The response of a reply; reports it unless Java has done so or the script is going to."""
        status = _http.status_of(reply)
        if status == 0:
            response = self._failed(reply, method, catch_response)
            direct = False
        else:
            response = _new(ResponseContextManager if catch_response else FastResponse)
            response._reply = reply
            response.status_code = status
            if status not in _GOOD:
                response.error = LocustBadStatusCode(reply.finalUrl(), code=status)
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
            response._judge()
        return response

    def _failed(self, reply, method, catch_response):
        """The response of a request that went wrong."""
        kind = reply.failureKind()
        url = reply.url()
        if kind in ("INVALID_URL", "INVALID_HEADER"):
            raise ValueError(reply.failureMessage())
        if kind in ("BROKEN_BODY", "BAD_CHUNK"):
            response = (ResponseContextManager if catch_response else FastResponse)._of(reply)
            response.error = HTTPParseError("Incomplete response.")
            response._failure = reply
            return response
        error = self._error(kind, reply, url)
        request = FastRequest(self._absolute(url), method.upper())
        response = (ErrorContextManager if catch_response else ErrorResponse)(request, error)
        response._failure = reply
        return response

    def _error(self, kind, reply, url):
        if kind in ("READ_TIMEOUT", "CONNECT_TIMEOUT"):
            return RetriesExceeded(url, self.client.max_retries, original=TimeoutError("timed out"))
        if kind == "TOO_MANY_REDIRECTS":
            return RetriesExceeded(url, f"Redirection limit reached ({self.client.max_redirects})")
        if kind == "NOT_HTTP":
            return HTTPParseError("Expected HTTP/, RTSP/ or ICE/", 8)
        if kind == "CLOSED":
            return HTTPConnectionClosed("connection closed.")
        if kind in ("MISSING_SCHEMA", "INVALID_SCHEMA"):
            return os_error("DNS", -2, "Name or service not known")
        error = os_error(kind, reply.failureErrno(), reply.failureMessage())
        return error if error is not None else HTTPParseError(reply.failureMessage())

    def _plain(self, method, url, name, text, catch_response):
        """The shortest way: nothing but method, path, name, perhaps a JSON body and perhaps a with-block."""
        if not self._ready:
            self._get_ready()
        direct = not catch_response and not self.request_event.has_listeners
        name = name or url
        lock(False)
        try:
            reply = self._java_plain(method, url, name, text, direct)
        finally:
            lock(True)
        if reply is None:
            raise death()
        return self._answer(reply, method, url, name, catch_response, False, None, direct)

    def get(self, url, *, name=None, catch_response=False, **kwargs):
        if not kwargs and self.request_name is None and type(url) is str and (
                name is None or type(name) is str) and not self.client.max_retries:
            return self._plain("GET", url, name, None, catch_response)
        return self.request("GET", url, name=name, catch_response=catch_response, **kwargs)

    def post(self, url, data=None, json=None, *, name=None, catch_response=False, **kwargs):
        if not kwargs and data is None and json is not None and self.request_name is None and type(url) is str and (
                name is None or type(name) is str) and not self.client.max_retries:
            return self._plain("POST", url, name, _json.dumps(json), catch_response)
        return self.request("POST", url, name=name, data=data, catch_response=catch_response, json=json, **kwargs)

    def head(self, url, **kwargs):
        return self.request("HEAD", url, **kwargs)

    def options(self, url, **kwargs):
        return self.request("OPTIONS", url, **kwargs)

    def delete(self, url, **kwargs):
        return self.request("DELETE", url, **kwargs)

    def put(self, url, data=None, **kwargs):
        return self.request("PUT", url, data=data, **kwargs)

    def patch(self, url, data=None, **kwargs):
        return self.request("PATCH", url, data=data, **kwargs)

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
