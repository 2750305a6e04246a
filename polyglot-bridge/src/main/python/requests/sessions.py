"""Sessions: what requests to a site have in common.

A request without anything unusual goes to Java as it is (`_prepared`): Java merges headers, joins cookies, follows
redirects. Everything else is prepared here piece by piece, and redirects are followed here too.
"""
import _katydid_http as _http
import _katydid_json_later as _json
from _katydid_http_errors import requests_error
from _katydid_later import later
from _katydid_urls import encode as _encode_params, with_query
from .adapters import HTTPAdapter
from .exceptions import ConnectionError, ContentDecodingError, ChunkedEncodingError, InvalidSchema, TooManyRedirects
from .hooks import default_hooks, dispatch_hook
from .models import DEFAULT_REDIRECT_LIMIT, PreparedRequest, REDIRECT_STATI, Request, basic_authorization
from .structures import CaseInsensitiveDict, SessionHeaders
from ._response import Response
from ._transport import limits, proxy_pair

_SHARED = frozenset(("headers", "auth", "verify", "cert", "max_redirects", "trust_env", "adapters", "proxies"))
_FORM = "application/x-www-form-urlencoded"


def merge_setting(request_setting, session_setting, dict_class=dict):
    """The request's setting over the session's; dictionaries are merged, None removes a key."""
    if session_setting is None:
        return request_setting
    if request_setting is None:
        return session_setting
    if not (hasattr(session_setting, "items") and hasattr(request_setting, "items")):
        return request_setting
    merged = dict_class(session_setting.items())
    merged.update(request_setting.items())
    for key in [key for key, value in merged.items() if value is None]:
        del merged[key]
    return merged


def merge_hooks(request_hooks, session_hooks, dict_class=dict):
    """The request's hooks, or the session's if the request has none."""
    if session_hooks is None or session_hooks.get("response") == []:
        return request_hooks
    if request_hooks is None or request_hooks.get("response") == []:
        return session_hooks
    return merge_setting(request_hooks, session_hooks, dict_class)


class Session:
    """Headers, cookies, authentication and settings for several requests."""

    __attrs__ = ["headers", "cookies", "auth", "proxies", "hooks", "params", "verify", "cert", "adapters", "stream",
                 "trust_env", "max_redirects"]

    _own_way = False
    _ready = False
    _simple = False
    _url_base = None

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        # A subclass that changes how requests are made must see all of them.
        changed = ("send", "prepare_request", "get_adapter", "merge_environment_settings", "rebuild_auth",
                   "rebuild_method", "rebuild_proxies", "resolve_redirects", "get_redirect_target",
                   "should_strip_auth")
        if any(getattr(cls, name) is not getattr(Session, name) for name in changed):
            cls._own_way = True

    def __init__(self):
        self._java = _http.new_session(False)
        self._adapter = HTTPAdapter()
        self.headers = SessionHeaders(self, default_headers())
        self.auth = None
        self.proxies = {}
        self.hooks = default_hooks()
        self.params = {}
        self.stream = False
        self.verify = True
        self.cert = None
        self.max_redirects = DEFAULT_REDIRECT_LIMIT
        self.trust_env = True
        self.adapters = {"https://": self._adapter, "http://": self._adapter}

    def __setattr__(self, name, value):
        if name == "cookies":
            self._set_cookies(value)
            return
        if name in _SHARED:
            self.__dict__["_ready"] = False
        self.__dict__[name] = value

    @later
    def cookies(self):
        """The session's jar: what its requests send and its responses set."""
        from .cookies import RequestsCookieJar
        return RequestsCookieJar._around(self._java.cookies())

    def _set_cookies(self, cookies):
        """The session's jar takes over what it is given; the Java side goes on using the same jar."""
        from .cookies import RequestsCookieJar, cookiejar_from_dict
        if not hasattr(cookies, "set_cookie"):
            cookies = cookiejar_from_dict(cookies)
        mine = self._java.cookies()
        if not isinstance(cookies, RequestsCookieJar):
            from ._jars import join
            mine.replaceBy(_copied(cookies))
            self.__dict__["cookies"] = join(cookies, mine)
            return
        mine.replaceBy(cookies._java)
        cookies._java = mine
        self.__dict__["cookies"] = cookies

    def _changed(self):
        self.__dict__["_ready"] = False

    def __getstate__(self):
        return {name: getattr(self, name) for name in self.__attrs__}

    def __setstate__(self, state):
        Session.__init__(self)
        for name, value in state.items():
            setattr(self, name, SessionHeaders(self, value) if name == "headers" else value)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    # The quick way

    def _get_ready(self):
        """Gives Java what all requests share, if that is simple enough; sets `_ready` and `_simple`."""
        self.__dict__["_ready"] = False
        headers = self.headers
        flat = _http.flat_headers(headers.items()) if isinstance(headers, SessionHeaders) or not headers else None
        simple = not self._own_way and all(
            type(adapter) in _PLAIN_ADAPTERS and adapter.max_retries is None for adapter in self.adapters.values())
        simple = simple and len(self.adapters) == 2
        # Headers in a dictionary of the user's own may change unnoticed: they are sent along each time.
        keep = flat is not None or not isinstance(headers, SessionHeaders)
        if self.auth is not None:
            authorization = basic_authorization(self.auth)
            if authorization is None:
                simple = False
            elif flat is not None:
                flat = (flat + "\n" if flat else "") + "Authorization\n" + authorization
        if self.trust_env and simple:
            simple = not _environment_matters(self)
        options = None
        if simple and (self.verify is not True or self.cert is not None or self.max_redirects != 30 or self.proxies):
            options = _http.options(None, None, self.verify, self.cert, proxy_pair(self.proxies), self.max_redirects)
        if simple and keep:
            self._java.defaults(flat or "", options)
        self.__dict__["_java_plain"] = self._java.plain
        self.__dict__["_java_send"] = self._java.send
        self.__dict__["_simple"] = simple and keep
        self.__dict__["_ready"] = simple and flat is not None

    def _prepared(self, url, data, json, params, headers, cookies, files, auth, timeout, allow_redirects, proxies, hooks,
                  stream, verify, cert, flags):
        """What Java's send() wants of a request that Java can prepare by itself: address, headers, text, bytes, content
        type, flags, options, cookies; None if it cannot."""
        if not self._ready:
            self._get_ready()
            if not self._simple:
                return None
        if files or hooks or self.hooks["response"] or self.params or proxies:
            return None
        text = body = content_type = own = extra = options = None
        if data:
            if type(data) is str:
                text = data
            elif type(data) is bytes:
                body = data
            elif type(data) is dict:
                text = _encode_params(data)
                content_type = _FORM
            else:
                return None
        elif json is not None:
            try:
                text = _json.dumps_strict(json)
            except ValueError:
                return None
            content_type = "application/json"
        elif data is not None and data != "" and data != b"" and type(data) is not dict:
            return None
        if params:
            if type(params) is not dict and type(params) is not str:
                return None
            url = with_query(url, _encode_params(params))
        if not self._ready:
            headers = merge_setting(headers, self.headers, CaseInsensitiveDict)
        if headers:
            own = _http.flat_headers(headers.items())
            if own is None:
                return None
        if auth is not None or not self._ready and self.auth is not None:
            authorization = basic_authorization(auth if auth is not None else self.auth)
            if authorization is None:
                return None
            own = (own + "\n" if own else "") + "Authorization\n" + authorization
        if cookies:
            if type(cookies) is not dict:
                return None
            extra = _http.flat_headers(cookies.items())
            if extra is None or _http.REMOVED in extra:
                return None
        if timeout is not None or verify is not None or cert is not None:
            connect, read = limits(timeout)
            options = _http.options(
                connect, read, self.verify if verify is None else verify, self.cert if cert is None else cert,
                proxy_pair(self.proxies), self.max_redirects)
        if allow_redirects:
            flags |= _http.FOLLOW
        if stream or stream is None and self.stream:
            flags |= _http.STREAM
        return url, own, text, body, content_type, flags, options, extra

    # Requests

    def request(self, method, url, params=None, data=None, headers=None, cookies=None, files=None, auth=None,
                timeout=None, allow_redirects=True, proxies=None, hooks=None, stream=None, verify=None, cert=None,
                json=None):
        """Sends a request and returns its Response; failures are exceptions of requests.exceptions."""
        if type(url) is str and type(method) is str:
            prepared = self._prepared(url, data, json, params, headers, cookies, files, auth, timeout, allow_redirects,
                                      proxies, hooks, stream, verify, cert, 0)
            if prepared is not None:
                address, own, text, body, content_type, flags, options, extra = prepared
                reply = _http.send(
                    self._java, method, address, None, own, text, body, content_type, flags, options, extra)
                if reply.failureKind() is not None:
                    raise_failure(reply, timeout)
                return Response._of(reply, timeout, stream or stream is None and self.stream)
        return self._long_way(method, url, params, data, headers, cookies, files, auth, timeout, allow_redirects,
                              proxies, hooks, stream, verify, cert, json)

    def _long_way(self, method, url, params, data, headers, cookies, files, auth, timeout, allow_redirects, proxies,
                  hooks, stream, verify, cert, json):
        request = Request(method=method.upper(), url=url, headers=headers, files=files, data=data or {}, json=json,
                          params=params or {}, auth=auth, cookies=cookies, hooks=hooks)
        prepared = self.prepare_request(request)
        settings = self.merge_environment_settings(prepared.url, proxies or {}, stream, verify, cert)
        return self.send(prepared, timeout=timeout, allow_redirects=allow_redirects, **settings)

    def get(self, url, **kwargs):
        kwargs.setdefault("allow_redirects", True)
        return self.request("GET", url, **kwargs)

    def options(self, url, **kwargs):
        kwargs.setdefault("allow_redirects", True)
        return self.request("OPTIONS", url, **kwargs)

    def head(self, url, **kwargs):
        kwargs.setdefault("allow_redirects", False)
        return self.request("HEAD", url, **kwargs)

    def post(self, url, data=None, json=None, **kwargs):
        return self.request("POST", url, data=data, json=json, **kwargs)

    def put(self, url, data=None, **kwargs):
        return self.request("PUT", url, data=data, **kwargs)

    def patch(self, url, data=None, **kwargs):
        return self.request("PATCH", url, data=data, **kwargs)

    def delete(self, url, **kwargs):
        return self.request("DELETE", url, **kwargs)

    def prepare_request(self, request):
        """The PreparedRequest of a Request with the session's settings."""
        from .cookies import RequestsCookieJar, merge_cookies
        cookies = merge_cookies(merge_cookies(RequestsCookieJar(), self.cookies), request.cookies or {})
        auth = request.auth
        if self.trust_env and not auth and not self.auth:
            from .utils import get_netrc_auth
            auth = get_netrc_auth(request.url)
        prepared = PreparedRequest()
        prepared.prepare(
            method=request.method.upper(), url=request.url, files=request.files, data=request.data, json=request.json,
            headers=merge_setting(request.headers, self.headers, CaseInsensitiveDict),
            params=merge_setting(request.params, self.params), auth=merge_setting(auth, self.auth), cookies=cookies,
            hooks=merge_hooks(request.hooks, self.hooks))
        return prepared

    def merge_environment_settings(self, url, proxies, stream, verify, cert):
        """The settings of a request over the environment's over the session's."""
        if self.trust_env:
            import os
            from .utils import get_environ_proxies
            no_proxy = proxies.get("no_proxy") if proxies is not None else None
            for scheme, proxy in get_environ_proxies(url, no_proxy=no_proxy).items():
                proxies.setdefault(scheme, proxy)
            if verify is True or verify is None:
                verify = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE") or verify
        return {"proxies": merge_setting(proxies, self.proxies), "stream": merge_setting(stream, self.stream),
                "verify": merge_setting(verify, self.verify), "cert": merge_setting(cert, self.cert)}

    def get_adapter(self, url):
        """The adapter whose prefix fits the URL best."""
        for prefix, adapter in self.adapters.items():
            if url.lower().startswith(prefix.lower()):
                return adapter
        raise InvalidSchema(f"No connection adapters were found for {url!r}")

    def mount(self, prefix, adapter):
        """Uses an adapter for URLs with a prefix; longer prefixes come first."""
        self.adapters[prefix] = adapter
        for key in [key for key in self.adapters if len(key) < len(prefix)]:
            self.adapters[key] = self.adapters.pop(key)
        self._changed()

    def send(self, request, **kwargs):
        """Sends a PreparedRequest."""
        kwargs.setdefault("stream", self.stream)
        kwargs.setdefault("verify", self.verify)
        kwargs.setdefault("cert", self.cert)
        if "proxies" not in kwargs:
            kwargs["proxies"] = dict(self.proxies)
        if isinstance(request, Request):
            raise ValueError("You can only send PreparedRequests.")
        allow_redirects = kwargs.pop("allow_redirects", True)
        adapter = self.get_adapter(url=request.url)
        if type(adapter) in _PLAIN_ADAPTERS:
            response = adapter._exchange(self._java, request, kwargs.get("stream"), kwargs.get("timeout"),
                                         kwargs.get("verify"), kwargs.get("cert"), kwargs.get("proxies"))
            response.connection = _SessionConnection(self, adapter)
        else:
            response = adapter.send(request, **kwargs)
        response = dispatch_hook("response", request.hooks, response, **kwargs)
        if allow_redirects:
            history = list(self.resolve_redirects(response, request, **kwargs))
            if history:
                history.insert(0, response)
                response = history.pop()
                response.history = history
        return response

    # Redirects, where Java does not follow them

    def get_redirect_target(self, resp):
        if resp.is_redirect:
            location = resp.headers["location"]
            try:
                return location.encode("latin1").decode("utf8")
            except UnicodeError:
                return location
        return None

    def should_strip_auth(self, old_url, new_url):
        """Whether the Authorization header would go to someone else."""
        from urllib.parse import urlsplit
        old, new = urlsplit(old_url), urlsplit(new_url)
        if old.hostname != new.hostname:
            return True
        default = {"http": (80, None), "https": (443, None)}
        if old.scheme == "http" and old.port in (80, None) and new.scheme == "https" and new.port in (443, None):
            return False
        changed_port, changed_scheme = old.port != new.port, old.scheme != new.scheme
        if not changed_scheme and old.port in default.get(old.scheme, (None,)) and new.port in default.get(
                old.scheme, (None,)):
            return False
        return changed_port or changed_scheme

    def resolve_redirects(self, resp, req, stream=False, timeout=None, verify=True, cert=None, proxies=None,
                          yield_requests=False, **adapter_kwargs):
        """The responses, or with yield_requests the next request, that follow a redirect."""
        history = []
        target = self.get_redirect_target(resp)
        while target:
            following = self._following(resp, req, target)
            history.append(resp)
            try:
                resp.content
            except (ChunkedEncodingError, ContentDecodingError, RuntimeError):
                resp.raw.read()
            if len(history) > self.max_redirects:
                raise TooManyRedirects(f"Exceeded {self.max_redirects} redirects.", response=resp)
            if yield_requests:
                yield following
                return
            req = following
            resp = self.send(following, stream=stream, timeout=timeout, verify=verify, cert=cert, proxies=proxies,
                             allow_redirects=False, **adapter_kwargs)
            target = self.get_redirect_target(resp)
            yield resp

    def _following(self, resp, req, target):
        from urllib.parse import urljoin, urlsplit
        from .cookies import RequestsCookieJar, merge_cookies
        from .utils import requote_uri
        following = req.copy()
        if target.startswith("//"):
            target = urlsplit(resp.url).scheme + ":" + target
        fragment = urlsplit(resp.url).fragment
        if fragment and "#" not in target:
            target += "#" + fragment
        following.url = requote_uri(target if urlsplit(target).netloc else urljoin(resp.url, requote_uri(target)))
        self.rebuild_method(following, resp)
        if resp.status_code not in (307, 308):
            for name in ("Content-Length", "Content-Type", "Transfer-Encoding"):
                following.headers.pop(name, None)
            following.body = None
        following.headers.pop("Cookie", None)
        following._cookies = merge_cookies(RequestsCookieJar(), self.cookies)
        following.prepare_cookies(following._cookies)
        self.rebuild_auth(following, resp)
        if following._body_position is not None and hasattr(following.body, "seek"):
            following.body.seek(following._body_position)
        return following

    def rebuild_auth(self, prepared_request, response):
        if "Authorization" in prepared_request.headers and self.should_strip_auth(
                response.request.url, prepared_request.url):
            del prepared_request.headers["Authorization"]

    def rebuild_proxies(self, prepared_request, proxies):
        return proxies if proxies is not None else {}

    def rebuild_method(self, prepared_request, response):
        method, status = prepared_request.method, response.status_code
        if status in (302, 303) and method != "HEAD" or status == 301 and method == "POST":
            method = "GET"
        prepared_request.method = method

    def close(self):
        self._java.close()
        for adapter in self.adapters.values():
            adapter.close()


class _SessionConnection(HTTPAdapter):
    """What `response.connection` is: sends again with the session's cookies and connections."""

    def __init__(self, session, adapter):
        self.max_retries = adapter.max_retries
        self._java = session._java


_PLAIN_ADAPTERS = {HTTPAdapter}


def _copied(jar):
    """A Java jar with the cookies of an http.cookiejar jar."""
    from .cookies import RequestsCookieJar
    copy = RequestsCookieJar()
    copy.update(jar)
    return copy._java


def _environment_matters(session):
    """Whether proxies, certificates or passwords come from the environment."""
    import os
    environment = os.environ
    if any(environment.get(name) for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NETRC")):
        return True
    if any(environment.get(name) or environment.get(name.upper())
           for name in ("http_proxy", "https_proxy", "all_proxy")):
        return True
    return session.auth is None and any(
        os.path.exists(os.path.expanduser(name)) for name in ("~/.netrc", "~/_netrc"))


def default_headers():
    return {"User-Agent": "python-requests/2.34.2", "Accept-Encoding": "gzip, deflate, br", "Accept": "*/*",
            "Connection": "keep-alive"}


def raise_failure(reply, timeout):
    """Raises what requests raises for a failed Java reply."""
    request = PreparedRequest()
    request.method = "GET"
    request.url = reply.failureUrl() or None
    request.headers = CaseInsensitiveDict()
    error, _ = requests_error(reply, timeout, request)
    raise error


def following_request(response):
    """The request that would follow a redirect which was not followed."""
    with Session() as session:
        session.trust_env = False
        for request in session.resolve_redirects(response, response.request, yield_requests=True):
            return request
    return None


def session():
    """A Session."""
    return Session()
