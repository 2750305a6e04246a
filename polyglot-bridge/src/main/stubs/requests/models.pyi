# Written by 'katydid stubs', which overwrites it.
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from typing_extensions import Self

from .cookies import RequestsCookieJar
from .structures import CaseInsensitiveDict

REDIRECT_STATI: tuple[int, ...]
DEFAULT_REDIRECT_LIMIT: int
CONTENT_CHUNK_SIZE: int
ITER_CHUNK_SIZE: int

class RequestHooksMixin:
    """Hooks of requests and prepared requests."""

    def register_hook(self, event: str, hook: Any) -> None:
        """Adds a function, or several, for an event."""
    def deregister_hook(self, event: str, hook: Callable[..., Any]) -> bool:
        """Removes a function; False if it was not there."""

class Request(RequestHooksMixin):
    """A request as the caller describes it."""

    hooks: dict[str, list[Callable[..., Any]]]
    method: str | None
    url: str | None
    headers: Any
    files: Any
    data: Any
    json: Any
    params: Any
    auth: Any
    cookies: Any
    def __init__(
        self, method: str | None = None, url: str | None = None, headers: Mapping[str, Any] | None = None,
        files: Any = None, data: Any = None, params: Any = None, auth: Any = None, cookies: Any = None,
        hooks: Mapping[str, Any] | None = None, json: Any = None) -> None: ...
    def prepare(self) -> PreparedRequest: ...

class PreparedRequest(RequestHooksMixin):
    """A request as it goes out."""

    # None before it is prepared.
    method: str | Any
    url: str | Any
    headers: CaseInsensitiveDict[str]
    body: Any
    hooks: dict[str, list[Callable[..., Any]]]
    def __init__(self) -> None: ...
    def prepare(
        self, method: str | None = None, url: str | None = None, headers: Mapping[str, Any] | None = None,
        files: Any = None, data: Any = None, params: Any = None, auth: Any = None, cookies: Any = None,
        hooks: Mapping[str, Any] | None = None, json: Any = None) -> None: ...
    def copy(self) -> PreparedRequest: ...
    @property
    def path_url(self) -> str:
        """Path and query."""
    def prepare_method(self, method: str | bytes | None) -> None: ...
    def prepare_url(self, url: Any, params: Any) -> None:
        """Quotes the URL and appends the parameters."""
    def prepare_headers(self, headers: Mapping[str, Any] | None) -> None: ...
    def prepare_body(self, data: Any, files: Any, json: Any = None) -> None:
        """Sets the body and the headers that describe it."""
    def prepare_content_length(self, body: Any) -> None: ...
    def prepare_auth(self, auth: Any, url: str = "") -> None:
        """Applies a (user, password) pair, a callable, or the credentials of the URL."""
    def prepare_cookies(self, cookies: Any) -> None:
        """Sets the Cookie header of a dictionary or jar."""
    def prepare_hooks(self, hooks: Mapping[str, Any] | None) -> None: ...

class Response:
    """What the server answered."""

    status_code: int
    headers: CaseInsensitiveDict[str]
    raw: Any
    url: str
    encoding: str | None
    """The name of the text's encoding, from the headers; may be set."""
    history: list[Response]
    reason: str
    cookies: RequestsCookieJar
    elapsed: timedelta
    request: PreparedRequest
    connection: Any

    def __init__(self) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(self, *args: Any) -> None: ...
    def __bool__(self) -> bool: ...
    def __iter__(self) -> Iterator[bytes]: ...
    @property
    def ok(self) -> bool:
        """False for 4xx and 5xx."""
    @property
    def is_redirect(self) -> bool: ...
    @property
    def is_permanent_redirect(self) -> bool: ...
    @property
    def next(self) -> PreparedRequest | None:
        """The prepared request that would follow this redirect, if redirects are not followed."""
    # None after a failed request of self.client.
    @property
    def content(self) -> bytes | Any:
        """The body as bytes."""
    @property
    def apparent_encoding(self) -> str:
        """The encoding the bytes look like."""
    @property
    def text(self) -> str:
        """The body as text."""
    def json(self, **kwargs: Any) -> Any:
        """The body parsed as JSON; requests.exceptions.JSONDecodeError if it is not JSON."""
    @property
    def links(self) -> dict[str, dict[str, str]]:
        """The Link header's links by their relation."""
    def raise_for_status(self) -> None:
        """Raises HTTPError for 4xx and 5xx."""
    def iter_content(self, chunk_size: int | None = 1, decode_unicode: bool = False) -> Iterator[Any]:
        """The body in pieces; of a streamed response as they come."""
    def iter_lines(
        self, chunk_size: int = 512, decode_unicode: bool = False,
        delimiter: str | bytes | None = None) -> Iterator[Any]:
        """The body's lines without their ends."""
    def close(self) -> None:
        """Gives a streamed response's connection back."""

__all__ = [
    "CONTENT_CHUNK_SIZE", "DEFAULT_REDIRECT_LIMIT", "ITER_CHUNK_SIZE", "PreparedRequest", "REDIRECT_STATI", "Request",
    "Response"]
