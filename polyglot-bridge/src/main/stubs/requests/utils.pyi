# Written by 'katydid stubs', which overwrites it.
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .structures import CaseInsensitiveDict

NETRC_FILES: tuple[str, ...]
DEFAULT_CA_BUNDLE_PATH: str
DEFAULT_PORTS: dict[str, int]
DEFAULT_ACCEPT_ENCODING: str
UNRESERVED_SET: frozenset[str]

def default_user_agent(name: str = "python-requests") -> str: ...
def default_headers() -> CaseInsensitiveDict[str]: ...
def dict_to_sequence(d: Any) -> Any: ...
def to_key_val_list(value: Any) -> list[tuple[Any, Any]] | None:
    """The pairs of a dictionary or a list of pairs."""

def from_key_val_list(value: Any) -> Any: ...
def super_len(o: Any) -> int:
    """How many bytes of something are left to send."""

def guess_filename(obj: Any) -> str | None:
    """The name of an open file."""

def get_netrc_auth(url: str, raise_errors: bool = False) -> tuple[str, str] | None:
    """(user, password) of the host in ~/.netrc, or None."""

def get_auth_from_url(url: str) -> tuple[str, str]:
    """(user, password) of a URL, both possibly empty."""

def urldefragauth(url: str) -> str:
    """The URL without fragment and credentials."""

def prepend_scheme_if_needed(url: str, new_scheme: str) -> str: ...
def requote_uri(uri: str) -> str:
    """Quotes what may not stand in a URL, and unquotes what need not be quoted."""

def unquote_unreserved(uri: str) -> str:
    """Unquotes what need not be quoted; InvalidURL for a percent sign without digits' meaning."""

def check_header_validity(header: tuple[Any, Any]) -> None:
    """Raises InvalidHeader for a name or value that cannot be sent."""

def get_encoding_from_headers(headers: Mapping[str, str]) -> str | None:
    """The encoding Content-Type names, or the usual one of its type, or None."""

def detected_encoding(content: bytes) -> str:
    """The encoding bytes look like: a byte order mark, ascii, utf-8, or else Windows-1252."""

def guess_json_utf(data: bytes) -> str | None:
    """Which of the UTF encodings a JSON document is in."""

def get_unicode_from_response(r: Any) -> str: ...
def iter_slices(string: str, slice_length: int | None) -> Iterator[str]: ...
def parse_list_header(value: str) -> list[str]:
    """The elements of a comma-separated header, quotes removed."""

def parse_dict_header(value: str) -> dict[str, str | None]:
    """`a="b", c=d` as a dictionary; a name without value is None."""

def unquote_header_value(value: str, is_filename: bool = False) -> str: ...
def parse_header_links(value: str) -> list[dict[str, str]]:
    """The links of a Link header."""

def dict_from_cookiejar(cj: Iterable[Any]) -> dict[str, Any]: ...
def add_dict_to_cookiejar(cj: Any, cookie_dict: Mapping[str, Any]) -> Any: ...
def is_ipv4_address(string_ip: str) -> bool: ...
def getproxies_environment() -> dict[str, str]:
    """Proxies by scheme from http_proxy, https_proxy, all_proxy, no_proxy and their upper-case forms."""

def getproxies() -> dict[str, str]: ...
def should_bypass_proxies(url: str, no_proxy: str | None = None) -> bool:
    """Whether no_proxy names the URL's host."""

def proxy_bypass(url: str, no_proxy: str | None = None) -> bool: ...
def proxy_bypass_environment(url: str, no_proxy: str | None = None) -> bool: ...
def get_environ_proxies(url: str, no_proxy: str | None = None) -> dict[str, str]: ...
def select_proxy(url: str, proxies: Mapping[str, str] | None) -> str | None:
    """The proxy for a URL: by scheme and host, scheme, or all."""

def resolve_proxies(request: Any, proxies: Mapping[str, str] | None, trust_env: bool = True) -> dict[str, str]: ...
def rewind_body(prepared_request: Any) -> None: ...
def to_native_string(string: str | bytes, encoding: str = "ascii") -> str: ...
def unicode_is_ascii(u_string: str) -> bool: ...
def quote(*args: Any, **kwargs: Any) -> str: ...
def unquote(*args: Any, **kwargs: Any) -> str: ...
def urlparse(*args: Any, **kwargs: Any) -> Any: ...
