"""Pools bound to one host."""
from .poolmanager import PoolManager


class HTTPConnectionPool(PoolManager):
    """Requests to one host; URLs are paths."""

    scheme = "http"
    _default_port = 80

    def __init__(self, host, port=None, timeout=None, maxsize=1, block=False, headers=None, retries=None, **kwargs):
        super().__init__(headers=headers, timeout=timeout, retries=retries, **kwargs)
        self.host = host
        self.port = port or self._default_port

    def urlopen(self, method, url, *args, **kwargs):
        if "://" not in url:
            url = f"{self.scheme}://{self.host}:{self.port}{url}"
        return super().urlopen(method, url, *args, **kwargs)

    def __str__(self):
        return f"{type(self).__name__}(host={self.host!r}, port={self.port!r})"


class HTTPSConnectionPool(HTTPConnectionPool):
    """The same with TLS."""

    scheme = "https"
    _default_port = 443


def connection_from_url(url, **kwargs):
    """A pool for the host of a URL."""
    from .util.url import parse_url
    parts = parse_url(url)
    pool = HTTPSConnectionPool if parts.scheme == "https" else HTTPConnectionPool
    return pool(parts.host, port=parts.port, **kwargs)
