# Written by 'katydid stubs', which overwrites it.
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import Any, TypedDict

from typing_extensions import Self, Unpack

from .adapters import BaseAdapter
from .cookies import RequestsCookieJar
from .models import PreparedRequest, Request, Response
from .structures import CaseInsensitiveDict

# What every request may be given by name.
class _Arguments(TypedDict, total=False):
    params: Any
    headers: Mapping[str, Any] | None
    cookies: Any
    files: Any
    auth: Any
    timeout: Any
    allow_redirects: bool
    proxies: Mapping[str, Any] | None
    hooks: Mapping[str, Any] | None
    stream: bool | None
    verify: bool | str | None
    cert: str | tuple[str, str] | None

class _JsonArguments(_Arguments, total=False):
    json: Any

class _AllArguments(_JsonArguments, total=False):
    data: Any

def merge_setting(request_setting: Any, session_setting: Any, dict_class: Callable[..., Any] = ...) -> Any:
    """The request's setting over the session's; dictionaries are merged, None removes a key."""

def merge_hooks(request_hooks: Any, session_hooks: Any, dict_class: Callable[..., Any] = ...) -> Any:
    """The request's hooks, or the session's if the request has none."""

class Session:
    """Headers, cookies, authentication and settings for several requests."""

    auth: Any
    proxies: dict[str, Any]
    hooks: dict[str, Any]
    params: Any
    stream: bool
    verify: Any
    """False: certificates are not checked; a path: those in this file are trusted."""
    cert: Any
    max_redirects: int
    trust_env: bool
    adapters: dict[str, Any]

    def __init__(self) -> None: ...
    @property
    def headers(self) -> CaseInsensitiveDict[Any]:
        """Sent with every request."""
    @headers.setter
    def headers(self, headers: MutableMapping[str, Any]) -> None: ...
    @property
    def cookies(self) -> RequestsCookieJar:
        """What the session's requests send and its responses set."""
    @cookies.setter
    def cookies(self, cookies: Any) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(self, *args: Any) -> None: ...
    def request(
        self, method: str, url: str | bytes, params: Any = None, data: Any = None,
        headers: Mapping[str, Any] | None = None, cookies: Any = None, files: Any = None, auth: Any = None,
        timeout: Any = None, allow_redirects: bool = True, proxies: Mapping[str, Any] | None = None,
        hooks: Mapping[str, Any] | None = None, stream: bool | None = None, verify: bool | str | None = None,
        cert: str | tuple[str, str] | None = None, json: Any = None) -> Response:
        """Sends a request and returns its Response; failures are exceptions of requests.exceptions."""
    def get(self, url: str | bytes, **kwargs: Unpack[_AllArguments]) -> Response: ...
    def options(self, url: str | bytes, **kwargs: Unpack[_AllArguments]) -> Response: ...
    def head(self, url: str | bytes, **kwargs: Unpack[_AllArguments]) -> Response: ...
    def post(self, url: str | bytes, data: Any = None, json: Any = None, **kwargs: Unpack[_Arguments]) -> Response: ...
    def put(self, url: str | bytes, data: Any = None, **kwargs: Unpack[_JsonArguments]) -> Response: ...
    def patch(self, url: str | bytes, data: Any = None, **kwargs: Unpack[_JsonArguments]) -> Response: ...
    def delete(self, url: str | bytes, **kwargs: Unpack[_AllArguments]) -> Response: ...
    def prepare_request(self, request: Request) -> PreparedRequest:
        """The PreparedRequest of a Request with the session's settings."""
    def merge_environment_settings(
        self, url: str, proxies: Any, stream: Any, verify: Any, cert: Any) -> dict[str, Any]:
        """The settings of a request over the environment's over the session's."""
    def get_adapter(self, url: str) -> Any:
        """The adapter whose prefix fits the URL best."""
    def mount(self, prefix: str, adapter: BaseAdapter) -> None:
        """Uses an adapter for URLs with a prefix; longer prefixes come first."""
    def send(self, request: PreparedRequest, **kwargs: Any) -> Response:
        """Sends a PreparedRequest."""
    def get_redirect_target(self, resp: Response) -> str | None: ...
    def should_strip_auth(self, old_url: str, new_url: str) -> bool:
        """Whether the Authorization header would go to someone else."""
    def resolve_redirects(
        self, resp: Response, req: PreparedRequest, stream: bool = False, timeout: Any = None, verify: Any = True,
        cert: Any = None, proxies: Any = None, yield_requests: bool = False, **adapter_kwargs: Any) -> Iterator[Any]:
        """The responses, or with yield_requests the next request, that follow a redirect."""
    def rebuild_auth(self, prepared_request: PreparedRequest, response: Response) -> None: ...
    def rebuild_proxies(self, prepared_request: PreparedRequest, proxies: Any) -> Any: ...
    def rebuild_method(self, prepared_request: PreparedRequest, response: Response) -> None: ...
    def close(self) -> None: ...

def default_headers() -> dict[str, str]: ...
def session() -> Session:
    """A Session."""
