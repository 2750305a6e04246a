# Written by 'katydid stubs', which overwrites it.
from typing import Any

class URL:
    """The parts of a URL, as they are written; `request_uri` is what is asked of the server."""

    scheme: str
    netloc: str
    path: str
    query: str
    fragment: str
    host: str
    hostname: str | None
    port: int | None
    user: str | None
    password: str | None
    def __init__(self, url: str = "", params: Any = None) -> None: ...
    @property
    def query_string(self) -> str: ...
    @property
    def request_uri(self) -> str: ...
    @property
    def host_port(self) -> tuple[str, int | None]: ...
    @property
    def is_ssl(self) -> bool: ...
