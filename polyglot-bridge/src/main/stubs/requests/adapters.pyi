# Written by 'katydid stubs', which overwrites it.
from typing import Any

from urllib3.util.retry import Retry

from .models import PreparedRequest, Response

DEFAULT_POOLBLOCK: bool
DEFAULT_POOLSIZE: int
DEFAULT_RETRIES: int
DEFAULT_POOL_TIMEOUT: float | None

class BaseAdapter:
    """What session.mount takes."""

    def send(
        self, request: PreparedRequest, stream: bool = False, timeout: Any = None, verify: Any = True,
        cert: Any = None, proxies: Any = None) -> Response: ...
    def close(self) -> None: ...

class HTTPAdapter(BaseAdapter):
    """Sends over Katydid's HTTP client. Pool sizes are accepted: a session has as many connections as it has
    requests at the same time. max_retries (a number or urllib3's Retry) is followed."""

    max_retries: Any
    config: dict[str, Any]
    proxy_manager: dict[str, Any]
    poolmanager: Any
    def __init__(
        self, pool_connections: int = ..., pool_maxsize: int = ..., max_retries: Retry | int | None = ...,
        pool_block: bool = ...) -> None: ...
    def init_poolmanager(self, connections: int, maxsize: int, block: bool = ..., **pool_kwargs: Any) -> None:
        """Subclasses override this to pass TLS settings to urllib3: `ssl_context` and `assert_hostname` are looked at."""
    def proxy_manager_for(self, proxy: str, **proxy_kwargs: Any) -> Any: ...
    def add_headers(self, request: PreparedRequest, **kwargs: Any) -> None:
        """For subclasses."""
    def build_response(self, req: PreparedRequest, resp: Any) -> Response:
        """A response around a raw one."""
