# Written by 'katydid stubs', which overwrites it.
from collections.abc import Collection, Mapping
from typing import Any

from typing_extensions import Self

from ._answer import Answer
from .header import Headers as Headers
from .response import HTTPConnectionClosed as HTTPConnectionClosed, HTTPParseError as HTTPParseError

class ConnectionError(Exception):
    """A request failed; says which URL and why."""

    url: str
    text: str
    kw_text: str
    def __init__(self, url: str, *args: Any, **kw: Any) -> None: ...

class RetriesExceeded(ConnectionError):
    """The attempts, or the redirects, are used up."""

class UnsupportedRedirectSchemeError(ConnectionError):
    """A redirect leads to a URL that is neither http nor https."""

class BadStatusCode(ConnectionError):
    """The status is an error."""

    code: int | None

class EmptyResponse(ConnectionError):
    """There was no reply."""

class CompatRequest:
    """A request as it was sent."""

    url: str
    method: str
    headers: Headers
    payload: Any
    def __init__(
        self, url: str, method: str = "GET", headers: Mapping[str, str] | None = None, payload: Any = None) -> None: ...
    @property
    def body(self) -> Any: ...
    @property
    def data(self) -> Any: ...
    def get_full_url(self) -> str: ...
    @property
    def full_url(self) -> str: ...
    def get_method(self) -> str: ...
    def get_header(self, name: str, default: Any = None) -> Any: ...
    def has_header(self, name: str) -> bool: ...
    def add_header(self, name: str, value: Any) -> None: ...
    def header_items(self) -> list[tuple[str, Any]]: ...
    def get_host(self) -> str: ...

class CompatResponse:
    """Base of FastResponse."""

class UserAgent:
    """Options and cookies of a FastHttpSession, as `self.client.client` shows them."""

    response_type: type[CompatResponse]
    request_type: type[CompatRequest]
    valid_response_codes: frozenset[int]
    redirect_response_codes: frozenset[int]
    max_redirects: int
    max_retries: int
    retry_delay: float
    cookiejar: Any
    default_headers: Headers
    def __init__(
        self, max_redirects: int = 3, max_retries: int = 3, retry_delay: float = 0, cookiejar: Any = None,
        headers: Mapping[str, str] | None = None, **kwargs: Any) -> None: ...
    def urlopen(
        self, url: str, method: str = "GET", response_codes: Collection[int] = ...,
        headers: Mapping[str, Any] | None = None, payload: Any = None, to_string: bool = False,
        debug_stream: Any = None, params: Any = None, max_retries: int | None = None,
        max_redirects: int | None = None, files: Any = None, json: Any = None, allow_redirects: bool = True,
        **kwargs: Any) -> Answer | Any:
        """Sends a request and reads the answer, with `to_string` only its bytes; raises what went wrong."""
    def urlretrieve(self, url: str, filename: str, *args: Any, **kwargs: Any) -> tuple[str, Answer]:
        """Writes the answer into a file."""
    def __enter__(self) -> Self: ...
    def __exit__(self, *args: Any) -> None: ...
    def close(self) -> None:
        """Closes the idle connections."""

__all__ = [
    "BadStatusCode", "CompatRequest", "CompatResponse", "ConnectionError", "EmptyResponse", "Headers",
    "HTTPConnectionClosed", "HTTPParseError", "RetriesExceeded", "UserAgent"]
