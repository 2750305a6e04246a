# Written by 'katydid stubs', which overwrites it.
from collections.abc import Mapping
from typing import Any

from typing_extensions import Unpack

from .models import Response
from .sessions import _AllArguments, _Arguments, _JsonArguments

def request(method: str, url: str | bytes, **kwargs: Unpack[_AllArguments]) -> Response:
    """Sends one request, without keeping a session. It is not part of the statistics."""

def get(
    url: str | bytes, params: Any = None, *, headers: Mapping[str, Any] | None = ..., cookies: Any = ...,
    files: Any = ..., auth: Any = ..., timeout: Any = ..., allow_redirects: bool = ...,
    proxies: Mapping[str, Any] | None = ..., hooks: Mapping[str, Any] | None = ..., stream: bool | None = ...,
    verify: bool | str | None = ..., cert: str | tuple[str, str] | None = ..., json: Any = ...,
    data: Any = ...) -> Response: ...
def options(url: str | bytes, **kwargs: Unpack[_AllArguments]) -> Response: ...
def head(url: str | bytes, **kwargs: Unpack[_AllArguments]) -> Response: ...
def post(url: str | bytes, data: Any = None, json: Any = None, **kwargs: Unpack[_Arguments]) -> Response: ...
def put(url: str | bytes, data: Any = None, **kwargs: Unpack[_JsonArguments]) -> Response: ...
def patch(url: str | bytes, data: Any = None, **kwargs: Unpack[_JsonArguments]) -> Response: ...
def delete(url: str | bytes, **kwargs: Unpack[_AllArguments]) -> Response: ...
