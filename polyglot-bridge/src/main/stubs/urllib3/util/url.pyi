# Written by 'katydid stubs', which overwrites it.
from typing import NamedTuple

class Url(NamedTuple):
    """scheme, auth, host, port, path, query, fragment."""

    scheme: str | None = None
    auth: str | None = None
    host: str | None = None
    port: int | None = None
    path: str | None = None
    query: str | None = None
    fragment: str | None = None
    @property
    def hostname(self) -> str | None: ...
    @property
    def request_uri(self) -> str: ...
    @property
    def netloc(self) -> str | None: ...
    @property
    def url(self) -> str: ...

def parse_url(url: str) -> Url:
    """Splits a URL; a part that is missing is None."""
