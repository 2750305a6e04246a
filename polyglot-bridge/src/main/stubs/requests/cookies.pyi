# Written by 'katydid stubs', which overwrites it.
from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any

class CookieConflictError(RuntimeError):
    """Several cookies have the name; say which domain or path."""

class Cookie:
    """One cookie with the attributes of http.cookiejar.Cookie."""

    version: int
    name: str
    value: str | None
    port: str | None
    port_specified: bool
    domain: str
    domain_specified: bool
    domain_initial_dot: bool
    path: str
    path_specified: bool
    secure: bool
    expires: int | None
    discard: bool
    comment: str | None
    comment_url: str | None
    rfc2109: bool
    def __init__(
        self, name: str, value: str | None, domain: str = "", path: str = "/", expires: int | None = None,
        secure: bool = False, http_only: bool = False) -> None: ...
    def has_nonstandard_attr(self, name: str) -> bool: ...
    def get_nonstandard_attr(self, name: str, default: Any = None) -> Any: ...
    def set_nonstandard_attr(self, name: str, value: Any) -> None: ...
    def is_expired(self, now: float | None = None) -> bool: ...

# Used as a dictionary of names and values; iterating yields Cookie objects, as in requests.
class RequestsCookieJar(MutableMapping[str, Any]):
    """A cookie jar that can be used as a dictionary of names and values."""

    def __init__(self, policy: Any = None) -> None: ...
    def __iter__(self) -> Iterator[Any]: ...
    def __len__(self) -> int: ...
    def __getitem__(self, name: str) -> Any: ...
    def __setitem__(self, name: str, value: Any) -> None: ...
    def __delitem__(self, name: str) -> None: ...
    def get(  # pyright: ignore
        self, name: str, default: Any = None, domain: str | None = None, path: str | None = None) -> Any:
        """The value of the cookie; CookieConflictError if there are several."""
    def set(self, name: str, value: Any, **kwargs: Any) -> Any:
        """Sets a cookie (domain, path, expires, secure as keywords); a value of None removes it."""
    def set_cookie(self, cookie: Any, *args: Any, **kwargs: Any) -> None: ...
    def keys(self) -> list[str]: ...  # type: ignore[override]
    def values(self) -> list[Any]: ...  # type: ignore[override]
    def items(self) -> list[tuple[str, Any]]: ...  # type: ignore[override]
    def iterkeys(self) -> Iterator[str]: ...
    def itervalues(self) -> Iterator[Any]: ...
    def iteritems(self) -> Iterator[tuple[str, Any]]: ...
    def list_domains(self) -> list[str]: ...
    def list_paths(self) -> list[str]: ...
    def multiple_domains(self) -> bool:
        """Whether two cookies share a domain."""
    def get_dict(self, domain: str | None = None, path: str | None = None) -> dict[str, Any]:
        """Names and values, restricted to a domain and a path."""
    def update(self, other: Any = (), **kwargs: Any) -> None:  # type: ignore[override]
        """Takes over the cookies of a jar, or names and values."""
    def clear(self, domain: str | None = None, path: str | None = None, name: str | None = None) -> None:
        """Removes all cookies, or those of a domain, a path, a name."""
    def clear_session_cookies(self) -> None: ...
    def clear_expired_cookies(self) -> None: ...
    def copy(self) -> RequestsCookieJar: ...
    def get_policy(self) -> Any: ...
    def set_policy(self, policy: Any) -> None: ...

def create_cookie(name: str, value: str | None, **kwargs: Any) -> Cookie:
    """A cookie for every host unless a domain is given."""

def morsel_to_cookie(morsel: Any) -> Cookie:
    """The cookie of an http.cookies.Morsel."""

def cookiejar_from_dict(cookie_dict: Mapping[str, Any] | None, cookiejar: Any = None, overwrite: bool = True) -> Any:
    """A jar with the names and values of a dictionary."""

def merge_cookies(cookiejar: Any, cookies: Any) -> Any:
    """Adds cookies (a dictionary or a jar) to a jar."""

def get_cookie_header(jar: Any, request: Any) -> str | None:
    """The Cookie header of a request, or None."""

def extract_cookies_to_jar(jar: Any, request: Any, response: Any) -> None:
    """Adds a raw response's cookies to a jar."""

def remove_cookie_by_name(cookiejar: Any, name: str, domain: str | None = None, path: str | None = None) -> None: ...
