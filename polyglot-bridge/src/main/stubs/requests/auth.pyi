# Written by 'katydid stubs', which overwrites it.
from typing import Any

from .models import PreparedRequest, Response

class AuthBase:
    """Base of things that can be given as `auth`: called with the prepared request, return it."""

    def __call__(self, r: PreparedRequest) -> PreparedRequest: ...

class HTTPBasicAuth(AuthBase):
    """User name and password in every request."""

    username: Any
    password: Any
    def __init__(self, username: Any, password: Any) -> None: ...

class HTTPProxyAuth(HTTPBasicAuth):
    """User name and password for the proxy."""

class HTTPDigestAuth(AuthBase):
    """Answers the server's challenge with a digest (RFC 7616, without auth-int)."""

    username: Any
    password: Any
    def __init__(self, username: Any, password: Any) -> None: ...
    def build_digest_header(self, method: str, url: str) -> str | None:
        """The Authorization header for a request, or None if the challenge asks for something unknown."""
    def handle_401(self, r: Response, **kwargs: Any) -> Response:
        """Sends the request again with the answer to the challenge."""
    def handle_redirect(self, r: Response, **kwargs: Any) -> None: ...
