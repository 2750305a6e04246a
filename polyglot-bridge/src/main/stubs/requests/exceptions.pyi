# Written by 'katydid stubs', which overwrites it.
from typing import Any

from urllib3.exceptions import HTTPError as BaseHTTPError

from .models import PreparedRequest, Request, Response

class RequestException(IOError):
    """Any failure of a request; `request` and `response` are there as far as it got."""

    # None if it did not get so far.
    request: PreparedRequest | Any
    response: Response | Any
    def __init__(
        self, *args: object, request: Request | PreparedRequest | None = ...,
        response: Response | None = ...) -> None: ...

class InvalidJSONError(RequestException):
    """A JSON document could not be read or written."""

class JSONDecodeError(InvalidJSONError, ValueError):
    """The text of a response is not JSON."""

    msg: str
    doc: str
    pos: int
    lineno: int
    colno: int

class HTTPError(RequestException):
    """The status was 4xx or 5xx."""

class ConnectionError(RequestException):
    """There was no connection, or it broke."""

class ProxyError(ConnectionError):
    """The proxy could not be used."""

class SSLError(ConnectionError):
    """TLS failed."""

class Timeout(RequestException):
    """Connecting or reading took too long."""

class ConnectTimeout(ConnectionError, Timeout):
    """No connection in time. Safe to try again."""

class ReadTimeout(Timeout):
    """The server sent nothing for too long."""

class URLRequired(RequestException):
    """A request needs a URL."""

class TooManyRedirects(RequestException):
    """Redirects without an end."""

class MissingSchema(RequestException, ValueError):
    """The URL does not start with http:// or the like."""

class InvalidSchema(RequestException, ValueError):
    """The URL starts with something nobody handles."""

class InvalidURL(RequestException, ValueError):
    """The URL is malformed."""

class InvalidHeader(RequestException, ValueError):
    """A header's name or value is malformed."""

class InvalidProxyURL(InvalidURL):
    """The proxy's URL is malformed."""

class ChunkedEncodingError(RequestException):
    """The body ended early or its chunks are malformed."""

class ContentDecodingError(RequestException, BaseHTTPError):
    """The body could not be decompressed."""

class StreamConsumedError(RequestException, TypeError):
    """The body of a streamed response was read already."""

class RetryError(RequestException):
    """The retries are used up."""

class UnrewindableBodyError(RequestException):
    """The body of the request cannot be sent a second time."""

class RequestsWarning(Warning):
    """Base of the warnings here."""

class FileModeWarning(RequestsWarning, DeprecationWarning):
    """A file was opened as text where bytes are needed."""

class RequestsDependencyWarning(RequestsWarning):
    """A dependency has an unexpected version."""
