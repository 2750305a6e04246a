"""Requests in urllib3's manner."""
from .exceptions import HTTPError, MaxRetryError, ProtocolError
from .response import HTTPResponse


class PoolManager:
    """Sends requests to any host over Katydid's HTTP client."""

    proxy = None

    def __init__(self, num_pools=10, headers=None, **connection_pool_kw):
        self.headers = headers or {}
        self.connection_pool_kw = connection_pool_kw
        self._session = None
        self._connections = None

    def _shared_connections(self):
        """The connections of users that have this pool as their `pool_manager`."""
        if self._connections is None:
            import _katydid_http as _http
            settings = self.connection_pool_kw
            self._connections = _http.new_connections(int(settings.get("maxsize", 1)), bool(settings.get("block", False)))
        return self._connections

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.clear()

    def request(self, method, url, body=None, fields=None, headers=None, json=None, **kw):
        """A request; fields become the query, or a form for methods with a body."""
        import _katydid_urls as urls
        headers = dict(self.headers if headers is None else headers)
        if json is not None:
            import _katydid_json
            body = _katydid_json.dumps(json).encode("utf-8")
            headers.setdefault("Content-Type", "application/json")
        if fields:
            if method.upper() in ("DELETE", "GET", "HEAD", "OPTIONS"):
                url = urls.with_query(url, urls.encode(fields))
            elif kw.pop("encode_multipart", True):
                import _katydid_multipart
                body, kind = _katydid_multipart.encode(urls.pairs_of(fields), kw.pop("multipart_boundary", None))
                headers.setdefault("Content-Type", kind)
            else:
                body = urls.encode(fields)
                headers.setdefault("Content-Type", "application/x-www-form-urlencoded")
        kw.pop("encode_multipart", None)
        return self.urlopen(method, url, body=body, headers=headers, **kw)

    request_encode_url = request
    request_encode_body = request

    def urlopen(self, method, url, body=None, headers=None, redirect=True, preload_content=True, timeout=None,
                retries=None, **kw):
        """A request with a ready body."""
        import requests
        if self._session is None:
            self._session = requests.Session()
            self._session.trust_env = False
            self._session.headers.clear()
            self._session.headers["User-Agent"] = "python-urllib3/2.8.0"
            self._session.headers["Accept-Encoding"] = "identity"
            self._session.verify = str(self.connection_pool_kw.get("cert_reqs", "")) not in (
                "CERT_NONE", "0", "VerifyMode.CERT_NONE") and (self.connection_pool_kw.get("ca_certs") or True)
            if self.proxy is not None:
                self._session.proxies = {"http": self.proxy, "https": self.proxy}
        if timeout is None:
            timeout = self.connection_pool_kw.get("timeout")
        try:
            response = self._session.request(
                method, url, data=body, headers=self.headers if headers is None else headers, timeout=timeout,
                allow_redirects=bool(redirect), stream=not preload_content)
        except requests.RequestException as error:
            reason = error.args[0] if error.args else error
            if isinstance(reason, MaxRetryError):
                raise reason from None
            raise MaxRetryError(self, url, reason if isinstance(reason, HTTPError) else ProtocolError(reason)) from None
        raw = HTTPResponse._of(response)
        if preload_content:
            raw._data = response.content
        return raw

    def clear(self):
        if self._connections is not None:
            import _katydid_http as _http
            _http.close_idle(self._connections)
        if self._session is not None:
            self._session.close()
            self._session = None

    def connection_from_url(self, url, pool_kwargs=None):
        from .connectionpool import connection_from_url
        return connection_from_url(url, **(pool_kwargs or {}))


class ProxyManager(PoolManager):
    """The same through a proxy."""

    def __init__(self, proxy_url, num_pools=10, headers=None, proxy_headers=None, **connection_pool_kw):
        super().__init__(num_pools, headers, **connection_pool_kw)
        self.proxy = proxy_url


def proxy_from_url(url, **kw):
    return ProxyManager(proxy_url=url, **kw)


def request(method, url, **kw):
    """One request without keeping a pool."""
    with PoolManager() as pool:
        return pool.request(method, url, **kw)
