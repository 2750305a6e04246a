# Written by 'katydid stubs', which overwrites it.
from collections.abc import Mapping
from typing import Any

from typing_extensions import Self

from ._answer import Answer
from .header import Headers
from .url import URL

class HTTPClientPool:
    """Connections that several users share: to one server `concurrency` of them; requests for which there is none wait."""

    concurrency: int
    settings: dict[str, Any]
    def __init__(self, concurrency: int = 10, **settings: Any) -> None: ...
    def close(self) -> None:
        """Closes the idle connections."""

class HTTPClient:
    """Requests to one server over at most `concurrency` connections. Redirects are not followed."""

    use_ssl: bool
    host: str
    port: int
    default_headers: Headers
    def __init__(
        self, host: str, port: int | None = None, headers: Mapping[str, Any] | None = None, concurrency: int = 1,
        ssl: bool = False, connection_timeout: float = 5.0, network_timeout: float = 5.0, insecure: bool = False,
        ssl_options: Mapping[str, Any] | None = None, **_: Any) -> None: ...
    @classmethod
    def from_url(cls, url: str | URL, **kwargs: Any) -> Self:
        """A client of the server of a URL."""
    def get_base_url(self) -> str: ...
    def request(
        self, method: str, request_uri: str | URL, body: Any = b"", headers: Mapping[str, Any] | None = None,
        **_: Any) -> Answer:
        """Sends a request and returns the answer, whatever its status; raises what went wrong."""
    def get(self, request_uri: str | URL, headers: Mapping[str, Any] | None = None) -> Answer: ...
    def head(self, request_uri: str | URL, headers: Mapping[str, Any] | None = None) -> Answer: ...
    def post(self, request_uri: str | URL, body: Any = "", headers: Mapping[str, Any] | None = None) -> Answer: ...
    def put(self, request_uri: str | URL, body: Any = "", headers: Mapping[str, Any] | None = None) -> Answer: ...
    def patch(self, request_uri: str | URL, body: Any = "", headers: Mapping[str, Any] | None = None) -> Answer: ...
    def delete(self, request_uri: str | URL, body: Any = "", headers: Mapping[str, Any] | None = None) -> Answer: ...
    def options(self, request_uri: str | URL, headers: Mapping[str, Any] | None = None) -> Answer: ...
    def close(self) -> None: ...
