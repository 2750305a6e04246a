# Written by 'katydid stubs', which overwrites it.
from typing import Any

class HTTPError(Exception):
    """Base of this package's errors."""

class HTTPWarning(Warning):
    """Base of this package's warnings."""

class PoolError(HTTPError):
    """An error of a connection pool."""

    pool: Any
    def __init__(self, pool: Any, message: str) -> None: ...

class RequestError(PoolError):
    """An error of one request to a pool."""

    url: str
    def __init__(self, pool: Any, url: str, message: str) -> None: ...

class SSLError(HTTPError):
    """TLS failed."""

class ProxyError(HTTPError):
    """The proxy could not be used; `original_error` says why."""

    original_error: Exception
    def __init__(self, message: str, error: Exception) -> None: ...

class DecodeError(HTTPError):
    """The body could not be decompressed."""

class ProtocolError(HTTPError):
    """The other side broke off or did not speak HTTP."""

ConnectionError = ProtocolError

class MaxRetryError(RequestError):
    """The attempts are used up; `reason` is the last failure."""

    reason: Exception | None
    def __init__(self, pool: Any, url: str, reason: Exception | None = None) -> None: ...

class HostChangedError(RequestError):
    """A pool was asked for another host."""

    retries: Any
    def __init__(self, pool: Any, url: str, retries: Any = 3) -> None: ...

class TimeoutStateError(HTTPError):
    """A timeout object was used in the wrong order."""

class TimeoutError(HTTPError):
    """Base of the timeouts."""

class ReadTimeoutError(TimeoutError, RequestError):
    """No byte in time."""

class ConnectTimeoutError(TimeoutError):
    """No connection in time."""

class NewConnectionError(ConnectTimeoutError):
    """There was no connection."""

    conn: Any
    def __init__(self, conn: Any, message: str) -> None: ...

class NameResolutionError(NewConnectionError):
    """The host's name has no address."""

    def __init__(self, host: str, conn: Any, reason: Any) -> None: ...

class EmptyPoolError(PoolError):
    """All connections are in use."""

class FullPoolError(PoolError):
    """A connection came back to a full pool."""

class ClosedPoolError(PoolError):
    """A closed pool was used."""

class LocationValueError(ValueError, HTTPError):
    """Something is wrong with a URL."""

class LocationParseError(LocationValueError):
    """A URL cannot be read."""

    location: str
    def __init__(self, location: str) -> None: ...

class URLSchemeUnknown(LocationValueError):
    """The URL has an unknown scheme."""

    scheme: str
    def __init__(self, scheme: str) -> None: ...

class ResponseError(HTTPError):
    """The status asks for giving up."""

    GENERIC_ERROR: str
    SPECIFIC_ERROR: str

class SecurityWarning(HTTPWarning):
    """Something is less safe than it could be."""

class InsecureRequestWarning(SecurityWarning):
    """A certificate is not checked."""

class NotOpenSSLWarning(SecurityWarning): ...
class SystemTimeWarning(SecurityWarning): ...
class InsecurePlatformWarning(SecurityWarning): ...
class DependencyWarning(HTTPWarning): ...
class ResponseNotChunked(ProtocolError, ValueError): ...
class BodyNotHttplibCompatible(HTTPError): ...
class InvalidHeader(HTTPError): ...
class ProxySchemeUnknown(AssertionError, URLSchemeUnknown): ...
class ProxySchemeUnsupported(ValueError): ...
class HeaderParsingError(HTTPError): ...
class UnrewindableBodyError(HTTPError): ...

class IncompleteRead(ProtocolError):
    """The body ended early."""

    partial: int
    expected: int | None
    def __init__(self, partial: int, expected: int | None = None) -> None: ...

class InvalidChunkLength(ProtocolError):
    """A chunk's length cannot be read."""
