# Written by 'katydid stubs', which overwrites it.
from collections.abc import Mapping
from typing import Any

from typing_extensions import Self

from .response import HTTPResponse as HTTPResponse

class PoolManager:
    """Sends requests to any host over Katydid's HTTP client."""

    proxy: str | None
    headers: Mapping[str, str]
    connection_pool_kw: dict[str, Any]
    def __init__(
        self, num_pools: int = 10, headers: Mapping[str, str] | None = None, **connection_pool_kw: Any) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(self, *args: Any) -> None: ...
    def request(
        self, method: str, url: str, body: Any = None, fields: Any = None, headers: Mapping[str, str] | None = None,
        json: Any = None, **kw: Any) -> HTTPResponse:
        """A request; fields become the query, or a form for methods with a body."""
    def request_encode_url(
        self, method: str, url: str, body: Any = None, fields: Any = None, headers: Mapping[str, str] | None = None,
        json: Any = None, **kw: Any) -> HTTPResponse: ...
    def request_encode_body(
        self, method: str, url: str, body: Any = None, fields: Any = None, headers: Mapping[str, str] | None = None,
        json: Any = None, **kw: Any) -> HTTPResponse: ...
    def urlopen(self, method: str, url: str, *args: Any, **kw: Any) -> HTTPResponse:
        """A request with a ready body."""
    def clear(self) -> None: ...
    def connection_from_url(self, url: str, pool_kwargs: dict[str, Any] | None = None) -> Any: ...

class ProxyManager(PoolManager):
    """The same through a proxy."""

    def __init__(
        self, proxy_url: str, num_pools: int = 10, headers: Mapping[str, str] | None = None,
        proxy_headers: Mapping[str, str] | None = None, **connection_pool_kw: Any) -> None: ...

def proxy_from_url(url: str, **kw: Any) -> ProxyManager: ...
def request(method: str, url: str, **kw: Any) -> HTTPResponse:
    """One request without keeping a pool."""
