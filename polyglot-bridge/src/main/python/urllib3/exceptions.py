"""The exceptions requests' failures are made of."""


class HTTPError(Exception):
    """Base of all errors here."""


class HTTPWarning(Warning):
    """Base of all warnings here."""


class PoolError(HTTPError):
    """An error of a connection pool."""

    def __init__(self, pool, message):
        self.pool = pool
        self._message = message
        super().__init__(f"{pool}: {message}")

    def __reduce__(self):
        return self.__class__, (None, self._message)


class RequestError(PoolError):
    """An error of one request to a pool."""

    def __init__(self, pool, url, message):
        self.url = url
        super().__init__(pool, message)

    def __reduce__(self):
        return self.__class__, (None, self.url, self._message)


class SSLError(HTTPError):
    """TLS failed."""


class ProxyError(HTTPError):
    """The proxy could not be used; `original_error` says why."""

    def __init__(self, message, error):
        super().__init__(message, error)
        self.original_error = error


class DecodeError(HTTPError):
    """The body could not be decompressed."""


class ProtocolError(HTTPError):
    """The other side broke off or did not speak HTTP."""


ConnectionError = ProtocolError


class MaxRetryError(RequestError):
    """The attempts are used up; `reason` is the last failure."""

    def __init__(self, pool, url, reason=None):
        self.reason = reason
        super().__init__(pool, url, f"Max retries exceeded with url: {url} (Caused by {reason!r})")

    def __reduce__(self):
        return self.__class__, (None, self.url, self.reason)


class HostChangedError(RequestError):
    """A pool was asked for another host."""

    def __init__(self, pool, url, retries=3):
        self.retries = retries
        super().__init__(pool, url, f"Tried to open a foreign host with url: {url}")


class TimeoutStateError(HTTPError):
    """A timeout object was used in the wrong order."""


class TimeoutError(HTTPError):
    """Base of the timeouts."""


class ReadTimeoutError(TimeoutError, RequestError):
    """No byte in time."""


class ConnectTimeoutError(TimeoutError):
    """No connection in time."""


class NewConnectionError(ConnectTimeoutError, HTTPError):
    """No connection could be made."""

    def __init__(self, conn, message):
        self.conn = conn
        self._message = message
        super().__init__(f"{conn}: {message}")

    def __reduce__(self):
        return self.__class__, (None, self._message)


class NameResolutionError(NewConnectionError):
    """The host's name has no address."""

    def __init__(self, host, conn, reason):
        self._host = host
        self._reason = reason
        super().__init__(conn, f"Failed to resolve '{host}' ({reason})")

    def __reduce__(self):
        return self.__class__, (self._host, None, self._reason)


class EmptyPoolError(PoolError):
    """All connections are in use."""


class FullPoolError(PoolError):
    """A connection came back to a full pool."""


class ClosedPoolError(PoolError):
    """The pool was closed."""


class LocationValueError(ValueError, HTTPError):
    """Base of errors in a URL."""


class LocationParseError(LocationValueError):
    """The URL cannot be parsed."""

    def __init__(self, location):
        super().__init__(f"Failed to parse: {location}")
        self.location = location


class URLSchemeUnknown(LocationValueError):
    """The URL has an unknown scheme."""

    def __init__(self, scheme):
        super().__init__(f"Not supported URL scheme {scheme}")
        self.scheme = scheme


class ResponseError(HTTPError):
    """The status asks for giving up."""

    GENERIC_ERROR = "too many error responses"
    SPECIFIC_ERROR = "too many {status_code} error responses"


class SecurityWarning(HTTPWarning):
    """Something is less safe than it could be."""


class InsecureRequestWarning(SecurityWarning):
    """A certificate is not checked."""


class NotOpenSSLWarning(SecurityWarning):
    """TLS is not OpenSSL."""


class SystemTimeWarning(SecurityWarning):
    """The clock is wrong."""


class InsecurePlatformWarning(SecurityWarning):
    """TLS is old."""


class DependencyWarning(HTTPWarning):
    """An optional package is missing."""


class ResponseNotChunked(ProtocolError, ValueError):
    """Chunks were asked for where there are none."""


class BodyNotHttplibCompatible(HTTPError):
    """The body cannot be read in this way."""


class InvalidHeader(HTTPError):
    """A header is malformed."""


class ProxySchemeUnknown(AssertionError, URLSchemeUnknown):
    """The proxy's URL has an unknown scheme."""

    def __init__(self, scheme):
        if scheme == "localhost":
            scheme = None
        message = ("Proxy URL had no scheme, should start with http:// or https://" if scheme is None else
                   f"Proxy URL had unsupported scheme {scheme}, should use http:// or https://")
        AssertionError.__init__(self, message)
        self.scheme = scheme


class ProxySchemeUnsupported(ValueError):
    """The proxy's scheme is not supported."""


class HeaderParsingError(HTTPError):
    """Headers could not be parsed."""

    def __init__(self, defects, unparsed_data):
        super().__init__(f"{defects or 'Unknown'}, unparsed data: {unparsed_data!r}")


class UnrewindableBodyError(HTTPError):
    """The body cannot be sent a second time."""


class IncompleteRead(ProtocolError):
    """The body ended early; the second argument is how many bytes were still due, None if nobody knows."""

    def __init__(self, partial, expected=None):
        self.partial = partial
        self.expected = expected
        super().__init__(partial, expected)

    def __repr__(self):
        if self.expected is None:
            return f"IncompleteRead({self.partial} bytes read)"
        return f"IncompleteRead({self.partial} bytes read, {self.expected} more expected)"

    __str__ = __repr__


class InvalidChunkLength(ProtocolError):
    """Not a chunk's length where one was due; the text says what was there."""

    def __repr__(self):
        return str(self.args[0]) if self.args else "InvalidChunkLength()"

    __str__ = __repr__
