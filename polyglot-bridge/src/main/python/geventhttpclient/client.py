"""A client of one server, and the pool that locustfiles give FastHttpUser.client_pool."""
import _katydid_http as _http


class HTTPClientPool:
    """Connections that several users share: to one server `concurrency` of them; requests for which there is none wait."""

    def __init__(self, concurrency=10, **settings):
        self.concurrency = concurrency
        self.settings = settings
        self._connections = _http.new_connections(concurrency, True)

    def close(self):
        """Closes the idle connections."""
        _http.close_idle(self._connections)


class HTTPClient:
    """Requests to one server over at most `concurrency` connections. Redirects are not followed."""

    def __init__(self, host, port=None, headers=None, concurrency=1, ssl=False, connection_timeout=5.0, network_timeout=5.0,
                 insecure=False, ssl_options=None, **_):
        from ._exchange import new_java
        from .header import Headers
        host, _, given = host.partition(":") if host.count(":") == 1 else (host, "", "")
        self.use_ssl = ssl or ssl_options is not None
        self.host = host
        self.port = int(port or given or (443 if self.use_ssl else 80))
        self.default_headers = Headers(headers)
        self._limits = {"connection_timeout": connection_timeout, "network_timeout": network_timeout, "insecure": insecure}
        self._java = new_java(None, concurrency)

    @classmethod
    def from_url(cls, url, **kwargs):
        from .url import URL
        url = url if isinstance(url, URL) else URL(url)
        return cls(url.host, port=url.port, ssl=url.is_ssl, **kwargs)

    def get_base_url(self):
        return f"{'https' if self.use_ssl else 'http'}://{self.host}:{self.port}"

    def request(self, method, request_uri, body=b"", headers=None, **_):
        from ._exchange import exchange
        from .header import Headers
        sent = Headers(self.default_headers)
        sent.update(headers or {})
        uri = str(request_uri)
        url = uri if uri.startswith(("http://", "https://")) else self.get_base_url() + uri
        return exchange(self._java, method, url, sent, body or None, None, None, None, False, self._limits, 1)

    def get(self, request_uri, headers=None):
        return self.request("GET", request_uri, headers=headers)

    def head(self, request_uri, headers=None):
        return self.request("HEAD", request_uri, headers=headers)

    def post(self, request_uri, body="", headers=None):
        return self.request("POST", request_uri, body, headers)

    def put(self, request_uri, body="", headers=None):
        return self.request("PUT", request_uri, body, headers)

    def patch(self, request_uri, body="", headers=None):
        return self.request("PATCH", request_uri, body, headers)

    def delete(self, request_uri, body="", headers=None):
        return self.request("DELETE", request_uri, body, headers)

    def options(self, request_uri, headers=None):
        return self.request("OPTIONS", request_uri, headers=headers)

    def close(self):
        self._java.close()
