# Written by 'katydid stubs', which overwrites it.
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import timedelta
from types import TracebackType
from typing import Any, Literal, TypedDict, overload

from geventhttpclient.header import Headers
from geventhttpclient.useragent import CompatRequest, CompatResponse, ConnectionError, UserAgent
from requests.cookies import RequestsCookieJar
from typing_extensions import Self, Unpack

from ..env import Environment
from ..event import EventHook
from ..user.users import User

FAILURE_EXCEPTIONS: tuple[type[Exception], ...]

def insecure_ssl_context_factory() -> ssl.SSLContext:
    """A context that checks nothing, as the option `insecure` means it."""

class _OwnArguments(TypedDict, total=False):
    headers: Mapping[str, Any] | None
    params: Any
    auth: tuple[str | bytes, str | bytes] | None
    files: Any
    stream: bool
    allow_redirects: bool
    # Accepted, without effect.
    debug_stream: Any

class _BodyArguments(_OwnArguments, total=False):
    context: dict[str, Any]

class _JsonArguments(_BodyArguments, total=False):
    json: Any

class _Arguments(_JsonArguments, total=False):
    data: Any

class LocustBadStatusCode(ConnectionError):
    """The status is not one of FastHttpUser's good ones."""

    code: int

class FastRequest(CompatRequest):
    """A request as it was sent."""

class FastResponse(CompatResponse):
    """What the server answered."""

    status_code: int
    """0 if there was no reply."""
    encoding: str | None
    headers: Headers
    request: FastRequest
    history: list[FastResponse]
    elapsed: timedelta
    request_meta: dict[str, Any]
    """The event's keyword arguments; may be changed before they are reported."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *args: Any) -> bool | None: ...
    def __len__(self) -> int: ...
    def __bool__(self) -> bool: ...
    def __iter__(self) -> Iterator[bytes]: ...
    @property
    def ok(self) -> bool:
        """False for 4xx and 5xx."""
    @property
    def status(self) -> int: ...
    @property
    def url(self) -> str: ...
    # None if there was no reply.
    @property
    def content(self) -> bytes | Any:
        """The body as bytes; None if there was no reply."""
    @property
    def data(self) -> bytes | Any: ...
    @property
    def text(self) -> str | Any:
        """The body as text; None if there was no reply."""
    def json(self) -> Any:
        """The text parsed as JSON."""
    def raise_for_status(self) -> None:
        """Raises the error the request was reported with, if there was one."""
    def read(self, n: int | None = None) -> bytes:
        """Bytes of a streamed body."""
    @property
    def stream(self) -> Self:
        """Something with read(n)."""
    def iter_content(self, chunk_size: int = 1024, decode_content: bool = True) -> Iterator[Any]:
        """The body in pieces: text, or bytes without decode_content."""
    def info(self) -> Headers: ...
    def isclosed(self) -> bool: ...
    def release(self) -> None:
        """Gives a streamed response's connection back."""

class ErrorResponse(FastResponse):
    """Stands for a request without a reply; `error` says why."""

    error: Exception
    def __init__(self, request: FastRequest, error: Exception) -> None: ...

class ResponseContextManager(FastResponse):
    """A response with the with-block of catch_response: success() and failure() decide what is reported."""

    error: Exception | None
    def __exit__(  # pyright: ignore
        self, exc: type[BaseException] | None, value: BaseException | None,
        traceback: TracebackType | None) -> bool | None: ...
    def success(self) -> None:
        """Reports the request as a success, whatever its status."""
    def failure(self, exc: Any) -> None:
        """Reports the request as a failure, with an exception or a text."""

class RestResponseContextManager(ResponseContextManager):
    """What rest() yields."""

    js: Any
    """The parsed JSON, or None."""

class LocustUserAgent(UserAgent):
    """Options and cookies, as `self.client.client` shows them."""

    clientpool: Any
    def __init__(self, client_pool: Any = None, **kwargs: Any) -> None: ...

class FastHttpSession:
    """Sends requests to the user's host and reports every one of them."""

    auth_header: str | None
    base_url: str
    request_event: EventHook
    user: User | None
    request_name: str | None
    """The name of requests that have none of their own."""
    client: LocustUserAgent
    cookiejar: RequestsCookieJar
    """The user's cookies."""

    def __init__(
        self, base_url: str, request_event: EventHook, user: User | None, insecure: bool = True,
        client_pool: Any = None, ssl_context_factory: Callable[[], Any] | None = None, **kwargs: Any) -> None: ...
    def rename_request(self, name: str) -> AbstractContextManager[None]:
        """A context manager: requests without a name have this one inside it."""
    @overload
    def request(
        self, method: str, url: str, name: str | None = None, data: Any = None, *, catch_response: Literal[True],
        stream: bool = False, headers: Mapping[str, Any] | None = None,
        auth: tuple[str | bytes, str | bytes] | None = None, json: Any = None, allow_redirects: bool = True,
        context: dict[str, Any] = {}, params: Any = ..., files: Any = ...,
        debug_stream: Any = ...) -> ResponseContextManager:
        """Sends a request; success() and failure() in the with-block around it decide what is reported."""
    @overload
    def request(  # pyright: ignore
        self, method: str, url: str, name: str | None = None, data: Any = None,
        catch_response: Literal[False] = False, stream: bool = False, headers: Mapping[str, Any] | None = None,
        auth: tuple[str | bytes, str | bytes] | None = None, json: Any = None, allow_redirects: bool = True,
        context: dict[str, Any] = {}, *, params: Any = ..., files: Any = ...,
        debug_stream: Any = ...) -> FastResponse:
        """Sends a request and reports it under `name`, or its URL."""
    @overload
    def request(
        self, method: str, url: str, name: str | None = None, data: Any = None, catch_response: bool = False,
        stream: bool = False, headers: Mapping[str, Any] | None = None,
        auth: tuple[str | bytes, str | bytes] | None = None, json: Any = None, allow_redirects: bool = True,
        context: dict[str, Any] = {}, *, params: Any = ..., files: Any = ...,
        debug_stream: Any = ...) -> ResponseContextManager: ...
    @overload
    def get(
        self, url: str, *, name: str | None = None,
        catch_response: Literal[True], **kwargs: Unpack[_Arguments]) -> ResponseContextManager:
        """Sends a GET request; success() and failure() in the with-block around it decide what is reported."""
    @overload
    def get(  # pyright: ignore
        self, url: str, *, name: str | None = None,
        catch_response: Literal[False] = False, **kwargs: Unpack[_Arguments]) -> FastResponse:
        """Sends a GET request and reports it under `name`, or its path."""
    @overload
    def get(
        self, url: str, *, name: str | None = None,
        catch_response: bool = False, **kwargs: Unpack[_Arguments]) -> ResponseContextManager: ...
    @overload
    def options(
        self, url: str, *, name: str | None = None,
        catch_response: Literal[True], **kwargs: Unpack[_Arguments]) -> ResponseContextManager:
        """Sends an OPTIONS request; success() and failure() in the with-block around it decide what is reported."""
    @overload
    def options(  # pyright: ignore
        self, url: str, *, name: str | None = None,
        catch_response: Literal[False] = False, **kwargs: Unpack[_Arguments]) -> FastResponse:
        """Sends an OPTIONS request and reports it under `name`, or its path."""
    @overload
    def options(
        self, url: str, *, name: str | None = None,
        catch_response: bool = False, **kwargs: Unpack[_Arguments]) -> ResponseContextManager: ...
    @overload
    def head(
        self, url: str, *, name: str | None = None,
        catch_response: Literal[True], **kwargs: Unpack[_Arguments]) -> ResponseContextManager:
        """Sends a HEAD request; success() and failure() in the with-block around it decide what is reported."""
    @overload
    def head(  # pyright: ignore
        self, url: str, *, name: str | None = None,
        catch_response: Literal[False] = False, **kwargs: Unpack[_Arguments]) -> FastResponse:
        """Sends a HEAD request and reports it under `name`, or its path."""
    @overload
    def head(
        self, url: str, *, name: str | None = None,
        catch_response: bool = False, **kwargs: Unpack[_Arguments]) -> ResponseContextManager: ...
    @overload
    def post(
        self, url: str, data: Any = None, json: Any = None, *, name: str | None = None,
        catch_response: Literal[True], **kwargs: Unpack[_BodyArguments]) -> ResponseContextManager:
        """Sends a POST request; success() and failure() in the with-block around it decide what is reported."""
    @overload
    def post(  # pyright: ignore
        self, url: str, data: Any = None, json: Any = None, *, name: str | None = None,
        catch_response: Literal[False] = False, **kwargs: Unpack[_BodyArguments]) -> FastResponse:
        """Sends a POST request and reports it under `name`, or its path."""
    @overload
    def post(
        self, url: str, data: Any = None, json: Any = None, *, name: str | None = None,
        catch_response: bool = False, **kwargs: Unpack[_BodyArguments]) -> ResponseContextManager: ...
    @overload
    def put(
        self, url: str, data: Any = None, *, name: str | None = None,
        catch_response: Literal[True], **kwargs: Unpack[_JsonArguments]) -> ResponseContextManager:
        """Sends a PUT request; success() and failure() in the with-block around it decide what is reported."""
    @overload
    def put(  # pyright: ignore
        self, url: str, data: Any = None, *, name: str | None = None,
        catch_response: Literal[False] = False, **kwargs: Unpack[_JsonArguments]) -> FastResponse:
        """Sends a PUT request and reports it under `name`, or its path."""
    @overload
    def put(
        self, url: str, data: Any = None, *, name: str | None = None,
        catch_response: bool = False, **kwargs: Unpack[_JsonArguments]) -> ResponseContextManager: ...
    @overload
    def patch(
        self, url: str, data: Any = None, *, name: str | None = None,
        catch_response: Literal[True], **kwargs: Unpack[_JsonArguments]) -> ResponseContextManager:
        """Sends a PATCH request; success() and failure() in the with-block around it decide what is reported."""
    @overload
    def patch(  # pyright: ignore
        self, url: str, data: Any = None, *, name: str | None = None,
        catch_response: Literal[False] = False, **kwargs: Unpack[_JsonArguments]) -> FastResponse:
        """Sends a PATCH request and reports it under `name`, or its path."""
    @overload
    def patch(
        self, url: str, data: Any = None, *, name: str | None = None,
        catch_response: bool = False, **kwargs: Unpack[_JsonArguments]) -> ResponseContextManager: ...
    @overload
    def delete(
        self, url: str, *, name: str | None = None,
        catch_response: Literal[True], **kwargs: Unpack[_Arguments]) -> ResponseContextManager:
        """Sends a DELETE request; success() and failure() in the with-block around it decide what is reported."""
    @overload
    def delete(  # pyright: ignore
        self, url: str, *, name: str | None = None,
        catch_response: Literal[False] = False, **kwargs: Unpack[_Arguments]) -> FastResponse:
        """Sends a DELETE request and reports it under `name`, or its path."""
    @overload
    def delete(
        self, url: str, *, name: str | None = None,
        catch_response: bool = False, **kwargs: Unpack[_Arguments]) -> ResponseContextManager: ...
    def iter_lines(self, url: str, method: str = "GET", **kwargs: Any) -> Iterator[str]:
        """The lines of a streamed response."""

class _RestBlock:
    def __enter__(self) -> RestResponseContextManager: ...
    def __exit__(self, kind: Any, error: Any, traceback: Any) -> bool | None: ...

class FastHttpUser(User):
    """A user whose client is a FastHttpSession."""

    network_timeout: float
    connection_timeout: float
    max_redirects: int
    max_retries: int
    insecure: bool
    """True: certificates are not checked."""
    default_headers: Mapping[str, str] | None
    concurrency: int
    proxy_host: str | None
    proxy_port: int | None
    client_pool: Any
    ssl_context_factory: Callable[[], Any] | None
    client: FastHttpSession
    """Sends requests to the host and reports them."""

    def __init__(self, environment: Environment) -> None: ...
    def rest(self, method: str, url: str, headers: Mapping[str, str] | None = None, **kwargs: Any) -> _RestBlock:
        """A with-block around a JSON request: yields the response with `js`, the parsed JSON or None. What is raised
        in the block becomes the request's failure."""
    def rest_(self, method: str, url: str, name: str | None = None, **kwargs: Any) -> _RestBlock:
        """As rest(), with a parameter `_` that keeps caches away: the time in milliseconds."""

class FastHttpLocust(FastHttpUser):
    """A user of the fast HTTP client in 0.x. Use FastHttpUser."""

    task_set: Any
