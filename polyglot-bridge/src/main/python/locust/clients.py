"""`self.client` of an HttpUser: a requests session that knows its host and reports every request.

A request that nobody watches (no listener of the request event, no catch_response) is recorded by Java in the same call
that sends it. Otherwise the event is fired here, with everything a listener may want.
"""
import _katydid_http as _http
import _katydid_json_later as _json
from _katydid_http import death, lock
from _katydid_http_errors import requests_error
from _katydid_urls import is_http
from requests.adapters import HTTPAdapter
from requests.exceptions import InvalidSchema, InvalidURL, MissingSchema, RequestException
from requests.models import PreparedRequest
from requests.sessions import Session
from requests.structures import CaseInsensitiveDict
from requests._response import HTTPError, Response, status_text

from .exception import CatchResponseError, LocustError, ResponseError

_EARLY = ("Tried to set status on a request that has not yet been made. Make sure you use a with-block, like this:\n\n"
          "with self.client.request(..., catch_response=True) as response:\n    response.{}")
_NOT_CAUGHT = ("If you want to change the state of the request using .success() or .failure(), you must pass "
               "catch_response=True. See http://docs.locust.io/en/stable/writing-a-locustfile.html"
               "#validating-responses")
_USAGE_ERRORS = {"MISSING_SCHEMA": MissingSchema, "INVALID_SCHEMA": InvalidSchema, "INVALID_URL": InvalidURL,
                 "TLS_FILE": OSError, "REDIRECT_SCHEMA": InvalidSchema, "REDIRECT_URL": ValueError}


def split_credentials(url):
    """(URL without credentials, user, password): percent-decoded, None if there are none."""
    if not url or "@" not in url or "://" not in url:
        return url, None, None
    scheme, _, rest = url.partition("://")
    authority = rest.partition("/")[0]
    if "@" not in authority:
        return url, None, None
    from urllib.parse import unquote
    credentials, _, host = authority.rpartition("@")
    user, colon, password = credentials.partition(":")
    if not user or not colon:
        return url, None, None
    return f"{scheme}://{host}{rest[len(authority):]}", unquote(user), unquote(password)


class renamed:
    """What rename_request returns: requests without a name have this one inside the block."""

    def __init__(self, session, name):
        self._session = session
        self._name = name

    def __enter__(self):
        self._session.request_name = self._name

    def __exit__(self, *args):
        self._session.request_name = None


class HttpSession(Session):
    """A requests.Session whose URLs start at the user's host."""

    _plainly = True

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        cls._plainly = cls.request is HttpSession.request

    def __init__(self, base_url, request_event=None, user=None, *args, pool_manager=None, **kwargs):
        super().__init__(*args, **kwargs)
        if pool_manager is not None:
            self._share(pool_manager)
        if request_event is None:
            # Files of Locust 0.x make sessions with nothing but the address.
            from . import events
            request_event = events.request
        self.request_event = request_event
        self.user = user
        self.request_name = None
        self.trust_env = False
        base_url, name, password = split_credentials(base_url)
        self.base_url = base_url
        if name is not None:
            from requests.auth import HTTPBasicAuth
            self.auth = HTTPBasicAuth(name, password)

    def __setattr__(self, name, value):
        if name == "base_url":
            self._java.base(str(value))
        super().__setattr__(name, value)

    def _share(self, pool_manager):
        """Takes connections from a pool of several users."""
        if hasattr(pool_manager, "_shared_connections"):
            self._java = _http.new_session(False, pool_manager._shared_connections())
        self._adapter.poolmanager = pool_manager

    def rename_request(self, name):
        """A context manager: requests without a name have this one inside it."""
        return renamed(self, name)

    def _absolute(self, path):
        return path if is_http(path) else f"{self.base_url}{path}"

    def _answered(self, reply, method, name, catch_response, direct):
        """What get() and post() return after the shortest way: nothing but a path, a name, perhaps a JSON body and
        perhaps a with-block. `direct`: Java has recorded it."""
        if reply is None:
            raise death()
        status = _status_of(reply)
        if status == 0:
            return self._failed(reply, method, name, catch_response, {}, None)
        response = _new(ResponseContextManager)
        response.status_code = status
        response._reply = reply
        response._session = self
        response._method = method
        response._name = name
        if catch_response:
            response._catch = True
            if self.request_event.has_listeners:
                response.request_meta
        elif not direct:
            response._judge()
        return response

    def request(self, method, url, name=None, catch_response=False, context={}, *, data=None, json=None, **kwargs):
        """Sends a request and reports it. With catch_response the with-block around it decides what is reported."""
        return self._send(method, url, name, catch_response, context, data, json, kwargs)

    def _send(self, method, url, name, catch_response, context, data, json, kwargs):
        """request(), with the rest of its keyword arguments in a dictionary: a call with many of them by name costs
        Python's compiler seconds (docs/graalpy-issues, KeywordOnly)."""
        params = headers = cookies = files = auth = timeout = proxies = hooks = stream = verify = cert = None
        allow_redirects = True
        for key, value in kwargs.items():
            if key == "headers":
                headers = value
            elif key == "params":
                params = value
            elif key == "timeout":
                timeout = value
            elif key == "verify":
                verify = value
            elif key == "cookies":
                cookies = value
            elif key == "allow_redirects":
                allow_redirects = value
            elif key == "auth":
                auth = value
            elif key == "files":
                files = value
            elif key == "stream":
                stream = value
            elif key == "cert":
                cert = value
            elif key == "proxies":
                proxies = value
            elif key == "hooks":
                hooks = value
            elif key == "data":
                data = value
            elif key == "json":
                json = value
            elif key == "context":
                context = value
            else:
                raise TypeError(f"Session.request() got an unexpected keyword argument '{key}'")
        if type(url) is not str and not isinstance(url, str):
            raise TypeError("cannot use a string pattern on a bytes-like object" if isinstance(url, bytes) else
                            f"expected string or bytes-like object, got '{type(url).__name__}'")
        name = name or self.request_name
        watched = self.request_event.has_listeners
        direct = not catch_response and not watched
        prepared = self._prepared(url, data, json, params, headers, cookies, files, auth, timeout, allow_redirects, proxies,
                                  hooks, stream, verify, cert, 1 if direct else 0)
        if prepared is None:
            return self._watched(method, url, name, catch_response, context, params, data, headers, cookies, files,
                                 auth, timeout, allow_redirects, proxies, hooks, stream, verify, cert, json)
        address, own, text, body, content_type, flags, options, extra = prepared
        row = name if name is None or type(name) is str else str(name)
        lock(False)
        try:
            reply = self._java_send(method, address, row, own, text, body, content_type, flags, options, extra)
        finally:
            lock(True)
        if reply is None:
            raise death()
        status = _status_of(reply)
        if status == 0:
            response = self._failed(reply, method, name, catch_response, context, timeout)
            if stream:
                # Nobody has asked for its content yet.
                response._content_consumed = False
            return response
        response = _new(ResponseContextManager)
        response.status_code = status
        response._reply = reply
        response._session = self
        response._method = method
        response._name = name
        if context:
            response._context = context
        if stream or stream is None and self.stream:
            response._streamed = True
            response._timeout = timeout
        if catch_response:
            response._catch = True
            if watched:
                response.request_meta
        elif not direct:
            response._judge()
        return response

    def _failed(self, reply, method, name, catch_response, context, timeout):
        """The response of a request without a reply; raises where the request itself is unusable."""
        kind = reply.failureKind()
        if kind in _USAGE_ERRORS:
            raise _USAGE_ERRORS[kind](reply.failureMessage())
        request = PreparedRequest()
        request.method = method.upper()
        request.url = reply.failureUrl()
        request.headers = CaseInsensitiveDict()
        error, root = requests_error(reply, timeout, request)
        response = ResponseContextManager(error)
        response._root = root
        response._failure = reply
        response._session = self
        response._method = method
        response._name = name
        response._context = context
        if catch_response:
            response._catch = True
        else:
            response._judge()
        return response

    def _watched(self, method, url, name, catch_response, context, params, data, headers, cookies, files, auth,
                 timeout, allow_redirects, proxies, hooks, stream, verify, cert, json):
        """The long way of the requests package, timed from outside."""
        import time
        url = self._absolute(url)
        started = time.time()
        before = time.perf_counter()
        try:
            response = self._long_way(method, url, params, data, headers, cookies, files, auth, timeout,
                                      allow_redirects, proxies, hooks, stream, verify, cert, json)
        except (MissingSchema, InvalidSchema, InvalidURL):
            raise
        except RequestException as error:
            response = ResponseContextManager(error)
            response._root = getattr(error, "_root", error)
            shown, first = url, None
            failed = getattr(error, "_reply", None)
        else:
            first = response.history[0] if response.history else response
            shown = first.request.url
            response.__class__ = ResponseContextManager
            failed = None
        millis = (time.perf_counter() - before) * 1000
        if failed is not None:
            millis, shown = failed.millis(), failed.url()
        elif first is response and response._reply is not None:
            # Measured in Java, without waiting for Python; not for chains that were followed here.
            millis = response._reply.millis()
        if name is None:
            name = first.request.path_url if first is not None else _path_url(shown)
        length = 0
        if first is not None:
            length = int(response.headers.get("content-length") or 0) if stream else len(response.content or b"")
        response._session = self
        response._method = method
        response._name = name
        response._context = context
        response.request_meta = {
            "request_type": method, "response_time": millis, "name": name, "context": response._full_context(),
            "response": response, "exception": None, "start_time": started, "url": shown, "response_length": length}
        if catch_response:
            response._catch = True
        else:
            response._judge()
        return response

    def get(self, url, *, name=None, catch_response=False, **kwargs):
        if kwargs or not self._is_plain(url, name):
            if self._plainly:
                return self._send("GET", url, name, catch_response, _NO_CONTEXT, None, None, kwargs)
            return self._own_request("GET", url, name, catch_response, None, None, kwargs)
        direct = not catch_response and not self.request_event.has_listeners
        name = name or None
        # Java is called from here and not from a function for both: while a user waits for the reply, each call that led
        # here costs memory, and time when it goes on.
        lock(False)
        try:
            reply = self._java_plain("GET", url, name, None, direct)
        finally:
            lock(True)
        return self._answered(reply, "GET", name, catch_response, direct)

    def post(self, url, data=None, json=None, *, name=None, catch_response=False, **kwargs):
        plain = not kwargs and data is None and self._is_plain(url, name)
        text = None
        if plain and json is not None:
            text = _strict_json(json)
            plain = text is not None
        if not plain:
            if self._plainly:
                return self._send("POST", url, name, catch_response, _NO_CONTEXT, data, json, kwargs)
            return self._own_request("POST", url, name, catch_response, data, json, kwargs)
        direct = not catch_response and not self.request_event.has_listeners
        name = name or None
        lock(False)
        try:
            reply = self._java_plain("POST", url, name, text, direct)
        finally:
            lock(True)
        return self._answered(reply, "POST", name, catch_response, direct)

    def _is_plain(self, url, name):
        """Whether the session asks for nothing that only the long way can do."""
        return self._ready and self.request_name is None and type(url) is str and (
            name is None or type(name) is str) and self._plainly and not self.hooks["response"] and (
            not self.params) and not self.stream

    def options(self, url, *, name=None, catch_response=False, **kwargs):
        return self._verb("OPTIONS", url, name, catch_response, None, None, kwargs)

    def head(self, url, *, name=None, catch_response=False, **kwargs):
        if "allow_redirects" not in kwargs:
            kwargs["allow_redirects"] = False
        return self._verb("HEAD", url, name, catch_response, None, None, kwargs)

    def put(self, url, data=None, *, name=None, catch_response=False, **kwargs):
        return self._verb("PUT", url, name, catch_response, data, None, kwargs)

    def patch(self, url, data=None, *, name=None, catch_response=False, **kwargs):
        return self._verb("PATCH", url, name, catch_response, data, None, kwargs)

    def delete(self, url, *, name=None, catch_response=False, **kwargs):
        return self._verb("DELETE", url, name, catch_response, None, None, kwargs)

    def _verb(self, method, url, name, catch_response, data, json, kwargs):
        """What put() and its like do."""
        if self._plainly:
            return self._send(method, url, name, catch_response, _NO_CONTEXT, data, json, kwargs)
        return self._own_request(method, url, name, catch_response, data, json, kwargs)

    def _own_request(self, method, url, name, catch_response, data, json, kwargs):
        """A subclass with its own request() gets the keyword arguments as the script has given them: it may look for
        what is there."""
        kwargs.setdefault("data", data)
        kwargs.setdefault("json", json)
        if name is not None:
            kwargs["name"] = name
        if catch_response is not False:
            kwargs["catch_response"] = catch_response
        return self.request(method, url, **kwargs)


_NO_CONTEXT = {}


def _strict_json(value):
    """A JSON text, or None for what JSON cannot hold (the long way then raises as requests does)."""
    try:
        return _json.dumps_strict(value)
    except ValueError:
        return None


def _path_url(url):
    from urllib.parse import urlsplit
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


_new = object.__new__
_status_of = _http.status_of
_record_reply = _http.record_reply
_millis_of = _http.millis_of
_start_time_of = _http.start_time_of
_url_of = _http.url_of
_length_of = _http.length_of


class ResponseContextManager(Response):
    """A response of self.client. With catch_response it is used as a with-block in which success() and failure()
    decide what is reported; without, it has been reported already."""

    error = None
    _root = None
    _failure = None
    _session = None
    _method = None
    _name = None
    _context = {}
    _catch = False
    _entered = False
    _verdict = None
    _meta = None

    def __init__(self, error):
        super().__init__()
        self.error = error
        self.status_code = 0
        self._content = None
        self._content_consumed = True
        self.request = error.request

    @classmethod
    def wrap_response(cls, response, request_event, request_meta, catch_response):
        """Turns a Response into one that reports to an event."""
        if not isinstance(response, cls):
            response.__class__ = cls
        response._session = _Reporting(request_event)
        response._catch = catch_response
        response._method = request_meta.get("request_type")
        response.request_meta = request_meta
        return response

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
        name = self._name
        meta = self._meta = {
            "request_type": self._method, "response_time": _millis_of(reply),
            "name": reply.pathUrl() if name is None else name, "context": self._full_context(),
            "response": self, "exception": None, "start_time": _start_time_of(reply), "url": _url_of(reply),
            "response_length": _length_of(reply)}
        return meta

    def _full_context(self):
        user = self._session.user
        context = user.context() if user is not None else None
        return {**(context or {}), **self._context} if context or self._context else {}

    def __enter__(self):
        if not self._catch:
            raise LocustError("In order to use a with-block for requests, you must also pass catch_response=True")
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

    def _judge(self):
        """Reports the request by its status."""
        if self.error is not None:
            self._report(self._root)
            return
        reason = None
        if self.status_code >= 400:
            name = self._name if self._meta is None else self._meta["name"]
            if name is None:
                name = self._reply.pathUrl()
            text = status_text(self.status_code, self.reason, name)
            if text is not None:
                reason = HTTPError(text, response=self)
        self._report(reason)

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
            _record_reply(reply, self._method, name if name is None or type(name) is str else str(name), None)
        else:
            _http.record(str(meta["request_type"]), str(meta["name"]), meta["response_time"],
                         meta["response_length"], None)

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
        """Raises the failure that was set; if nothing was, the connection's error or HTTPError by the status."""
        verdict = self._verdict
        if verdict is None:
            if self.error is not None:
                raise self.error
            super().raise_for_status()
        elif verdict is not True:
            raise verdict


class RestResponseContextManager(ResponseContextManager):
    """Names the type that rest() yields: `js` is the parsed JSON or None."""

    js = None


class _Reporting:
    """Stands in for the session of a response that was wrapped by hand."""

    user = None

    def __init__(self, request_event):
        self.request_event = request_event


class LocustHttpAdapter(HTTPAdapter):
    """Names the type that Locust mounts; a pool to share is given to users (`pool_manager`) or their sessions."""

    def __init__(self, pool_manager=None, *args, **kwargs):
        self.poolmanager = pool_manager
        super().__init__(*args, **kwargs)


def _not_caught(self, *args, **kwargs):
    raise LocustError(_NOT_CAUGHT)


Response.success = _not_caught
Response.failure = _not_caught
