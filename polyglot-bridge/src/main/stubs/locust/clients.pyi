# Written by 'katydid stubs', which overwrites it.
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, Literal, overload

from requests import Response, Session
from requests.adapters import HTTPAdapter
from requests.exceptions import RequestException
from requests.sessions import _Arguments as _RequestsArguments
from typing_extensions import Self, Unpack

from .event import EventHook
from .user.users import User

class _BodyArguments(_RequestsArguments, total=False):
    context: dict[str, Any]

class _JsonArguments(_BodyArguments, total=False):
    json: Any

class _Arguments(_JsonArguments, total=False):
    data: Any

class HttpSession(Session):
    """A requests.Session whose URLs start at the user's host and which reports every request."""

    base_url: str
    request_event: EventHook
    user: User | None
    request_name: str | None
    """The name of requests that have none of their own."""

    def __init__(
        self, base_url: str, request_event: EventHook | None = None, user: User | None = None, *args: Any,
        pool_manager: Any = None, **kwargs: Any) -> None: ...
    def rename_request(self, name: str) -> AbstractContextManager[None]:
        """A context manager: requests without a name have this one inside it."""
    @overload  # type: ignore[override]
    def request(
        self, method: str, url: str, name: str | None = None, *, catch_response: Literal[True],
        context: dict[str, Any] = {}, data: Any = None, json: Any = None,
        **kwargs: Unpack[_RequestsArguments]) -> ResponseContextManager:
        """Sends a request; success() and failure() in the with-block around it decide what is reported."""
    @overload
    def request(  # pyright: ignore
        self, method: str, url: str, name: str | None = None, catch_response: Literal[False] = False,
        context: dict[str, Any] = {}, *, data: Any = None, json: Any = None,
        **kwargs: Unpack[_RequestsArguments]) -> Response:
        """Sends a request and reports it under `name`, or its path."""
    @overload
    def request(  # pyright: ignore
        self, method: str, url: str, name: str | None = None, catch_response: bool = False,
        context: dict[str, Any] = {}, *, data: Any = None, json: Any = None,
        **kwargs: Unpack[_RequestsArguments]) -> ResponseContextManager: ...
    @overload  # type: ignore[override]
    def get(
        self, url: str, *, name: str | None = None,
        catch_response: Literal[True], **kwargs: Unpack[_Arguments]) -> ResponseContextManager:
        """Sends a GET request; success() and failure() in the with-block around it decide what is reported."""
    @overload
    def get(  # pyright: ignore
        self, url: str, *, name: str | None = None,
        catch_response: Literal[False] = False, **kwargs: Unpack[_Arguments]) -> Response:
        """Sends a GET request and reports it under `name`, or its path."""
    @overload
    def get(  # pyright: ignore
        self, url: str, *, name: str | None = None,
        catch_response: bool = False, **kwargs: Unpack[_Arguments]) -> ResponseContextManager: ...
    @overload  # type: ignore[override]
    def options(
        self, url: str, *, name: str | None = None,
        catch_response: Literal[True], **kwargs: Unpack[_Arguments]) -> ResponseContextManager:
        """Sends an OPTIONS request; success() and failure() in the with-block around it decide what is reported."""
    @overload
    def options(  # pyright: ignore
        self, url: str, *, name: str | None = None,
        catch_response: Literal[False] = False, **kwargs: Unpack[_Arguments]) -> Response:
        """Sends an OPTIONS request and reports it under `name`, or its path."""
    @overload
    def options(  # pyright: ignore
        self, url: str, *, name: str | None = None,
        catch_response: bool = False, **kwargs: Unpack[_Arguments]) -> ResponseContextManager: ...
    @overload  # type: ignore[override]
    def head(
        self, url: str, *, name: str | None = None,
        catch_response: Literal[True], **kwargs: Unpack[_Arguments]) -> ResponseContextManager:
        """Sends a HEAD request; success() and failure() in the with-block around it decide what is reported."""
    @overload
    def head(  # pyright: ignore
        self, url: str, *, name: str | None = None,
        catch_response: Literal[False] = False, **kwargs: Unpack[_Arguments]) -> Response:
        """Sends a HEAD request and reports it under `name`, or its path."""
    @overload
    def head(  # pyright: ignore
        self, url: str, *, name: str | None = None,
        catch_response: bool = False, **kwargs: Unpack[_Arguments]) -> ResponseContextManager: ...
    @overload  # type: ignore[override]
    def post(
        self, url: str, data: Any = None, json: Any = None, *, name: str | None = None,
        catch_response: Literal[True], **kwargs: Unpack[_BodyArguments]) -> ResponseContextManager:
        """Sends a POST request; success() and failure() in the with-block around it decide what is reported."""
    @overload
    def post(  # pyright: ignore
        self, url: str, data: Any = None, json: Any = None, *, name: str | None = None,
        catch_response: Literal[False] = False, **kwargs: Unpack[_BodyArguments]) -> Response:
        """Sends a POST request and reports it under `name`, or its path."""
    @overload
    def post(  # pyright: ignore
        self, url: str, data: Any = None, json: Any = None, *, name: str | None = None,
        catch_response: bool = False, **kwargs: Unpack[_BodyArguments]) -> ResponseContextManager: ...
    @overload  # type: ignore[override]
    def put(
        self, url: str, data: Any = None, *, name: str | None = None,
        catch_response: Literal[True], **kwargs: Unpack[_JsonArguments]) -> ResponseContextManager:
        """Sends a PUT request; success() and failure() in the with-block around it decide what is reported."""
    @overload
    def put(  # pyright: ignore
        self, url: str, data: Any = None, *, name: str | None = None,
        catch_response: Literal[False] = False, **kwargs: Unpack[_JsonArguments]) -> Response:
        """Sends a PUT request and reports it under `name`, or its path."""
    @overload
    def put(  # pyright: ignore
        self, url: str, data: Any = None, *, name: str | None = None,
        catch_response: bool = False, **kwargs: Unpack[_JsonArguments]) -> ResponseContextManager: ...
    @overload  # type: ignore[override]
    def patch(
        self, url: str, data: Any = None, *, name: str | None = None,
        catch_response: Literal[True], **kwargs: Unpack[_JsonArguments]) -> ResponseContextManager:
        """Sends a PATCH request; success() and failure() in the with-block around it decide what is reported."""
    @overload
    def patch(  # pyright: ignore
        self, url: str, data: Any = None, *, name: str | None = None,
        catch_response: Literal[False] = False, **kwargs: Unpack[_JsonArguments]) -> Response:
        """Sends a PATCH request and reports it under `name`, or its path."""
    @overload
    def patch(  # pyright: ignore
        self, url: str, data: Any = None, *, name: str | None = None,
        catch_response: bool = False, **kwargs: Unpack[_JsonArguments]) -> ResponseContextManager: ...
    @overload  # type: ignore[override]
    def delete(
        self, url: str, *, name: str | None = None,
        catch_response: Literal[True], **kwargs: Unpack[_Arguments]) -> ResponseContextManager:
        """Sends a DELETE request; success() and failure() in the with-block around it decide what is reported."""
    @overload
    def delete(  # pyright: ignore
        self, url: str, *, name: str | None = None,
        catch_response: Literal[False] = False, **kwargs: Unpack[_Arguments]) -> Response:
        """Sends a DELETE request and reports it under `name`, or its path."""
    @overload
    def delete(  # pyright: ignore
        self, url: str, *, name: str | None = None,
        catch_response: bool = False, **kwargs: Unpack[_Arguments]) -> ResponseContextManager: ...

class ResponseContextManager(Response):
    """A response of self.client. With catch_response it is used as a with-block in which success() and failure()
    decide what is reported."""

    error: RequestException | None
    """Why there is no reply; status_code is 0 then."""
    request_meta: dict[str, Any]
    """The event's keyword arguments; may be changed before they are reported."""

    def __init__(self, error: RequestException) -> None: ...
    @classmethod
    def wrap_response(
        cls, response: Response, request_event: EventHook, request_meta: dict[str, Any],
        catch_response: bool) -> Self:
        """Turns a Response into one that reports to an event."""
    def __enter__(self) -> Self: ...
    def __exit__(  # type: ignore[override]
        self, exc: type[BaseException] | None, value: BaseException | None,
        traceback: TracebackType | None) -> bool | None: ...
    def success(self) -> None:
        """Reports the request as a success, whatever its status."""
    def failure(self, exc: Any) -> None:
        """Reports the request as a failure, with an exception or a text."""
    def raise_for_status(self) -> None:
        """Raises the connection's error, the failure that was set, or HTTPError by the status."""

class RestResponseContextManager(ResponseContextManager):
    """What rest() yields."""

    js: Any
    """The parsed JSON, or None."""

class LocustHttpAdapter(HTTPAdapter):
    """An adapter of requests; a pool to share is accepted, connections stay with each user."""

    poolmanager: Any
    def __init__(self, pool_manager: Any = None, *args: Any, **kwargs: Any) -> None: ...
