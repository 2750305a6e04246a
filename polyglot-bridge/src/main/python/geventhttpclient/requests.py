"""geventhttpclient.get, post ... and Session: like those of requests, with FastHttpUser's rules."""
from .header import Headers


class Session:
    """Headers and cookies for several requests."""

    def __init__(self, headers=None, max_redirects=30, **limits):
        from ._exchange import new_java
        self.headers = Headers(headers)
        self._limits = {**limits, "max_redirects": max_redirects}
        self._java = new_java()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def close(self):
        self._java.close()

    def request(self, method, url, params=None, data=None, headers=None, files=None, json=None, allow_redirects=True,
                timeout=None, verify=True, **_):
        from ._exchange import exchange
        sent = Headers(self.headers)
        sent.update(headers or {})
        limits = dict(self._limits, insecure=not verify)
        if timeout is not None:
            limits["connection_timeout"], limits["network_timeout"] = timeout if isinstance(timeout, tuple) else (
                timeout, timeout)
        return exchange(self._java, method, url, sent, data, params, files, json, allow_redirects, limits, 1)

    def get(self, url, **kwargs):
        return self.request("GET", url, **kwargs)

    def post(self, url, data=None, **kwargs):
        return self.request("POST", url, data=data, **kwargs)

    def put(self, url, data=None, **kwargs):
        return self.request("PUT", url, data=data, **kwargs)

    def patch(self, url, data=None, **kwargs):
        return self.request("PATCH", url, data=data, **kwargs)

    def delete(self, url, **kwargs):
        return self.request("DELETE", url, **kwargs)

    def head(self, url, **kwargs):
        return self.request("HEAD", url, **{"allow_redirects": False, **kwargs})

    def options(self, url, **kwargs):
        return self.request("OPTIONS", url, **kwargs)


def request(method, url, **kwargs):
    with Session() as session:
        response = session.request(method, url, **kwargs)
        response.content
        return response


def _function(name):
    def function(url, data=None, **kwargs):
        if name == "HEAD":
            kwargs.setdefault("allow_redirects", False)
        return request(name, url, data=data, **kwargs)

    function.__name__ = function.__qualname__ = name.lower()
    return function


get, post, put, patch, delete, head, options = (
    _function(name) for name in ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"))
