# Written by 'katydid stubs', which overwrites it.
from collections.abc import Mapping
from typing import Any

from .poolmanager import PoolManager

class HTTPConnectionPool(PoolManager):
    """Requests to one host; URLs are paths."""

    scheme: str
    host: str
    port: int
    def __init__(
        self, host: str, port: int | None = None, timeout: Any = None, maxsize: int = 1, block: bool = False,
        headers: Mapping[str, str] | None = None, retries: Any = None, **kwargs: Any) -> None: ...

class HTTPSConnectionPool(HTTPConnectionPool):
    """The same with TLS."""

def connection_from_url(url: str, **kwargs: Any) -> HTTPConnectionPool:
    """A pool for the host of a URL."""
