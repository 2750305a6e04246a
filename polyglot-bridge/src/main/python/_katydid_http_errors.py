"""Turns Java's failures into the exceptions that requests and FastHttpUser raise, with their exact texts."""
import sys


class _NotHttp(Exception):
    """Stands in for http.client.HTTPException, whose module is expensive to import."""


def _http_client(name):
    module = sys.modules.get("http.client")
    return getattr(module, name) if module is not None else _LOCAL[name]


class BadStatusLine(_NotHttp):
    """The first line of the reply is not HTTP."""

    def __init__(self, line):
        if not line:
            line = repr(line)
        self.args = (line,)
        self.line = line


class UnknownProtocol(_NotHttp):
    """The reply is of another version of HTTP."""

    def __init__(self, version):
        self.args = (version,)
        self.version = version


class HTTPException(_NotHttp):
    """Base of what is wrong with a reply."""


class LineTooLong(HTTPException):
    """A header line is too long."""

    def __init__(self, line_type):
        super().__init__(f"got more than 65536 bytes when reading {line_type}")


class RemoteDisconnected(ConnectionResetError, BadStatusLine):
    """The server closed the connection without a reply."""

    def __init__(self, *args):
        BadStatusLine.__init__(self, "")
        ConnectionResetError.__init__(self, *args)


_LOCAL = {"BadStatusLine": BadStatusLine, "LineTooLong": LineTooLong, "RemoteDisconnected": RemoteDisconnected,
          "UnknownProtocol": UnknownProtocol, "HTTPException": HTTPException}
_READING = "got more than 65536 bytes when reading "


def _gaierror(errno, message):
    from _socket import gaierror
    return gaierror(errno, message)


def _ssl_error(message):
    try:
        import _ssl
    except ImportError:
        return OSError(1, message)
    if "CERTIFICATE_VERIFY_FAILED" in message:
        return _ssl.SSLCertVerificationError(1, message)
    if "EOF" in message:
        return _ssl.SSLEOFError(8, message)
    return _ssl.SSLError(1, message)


def os_error(kind, errno, message):
    """The operating system's error behind a failure, or None."""
    if kind == "REFUSED":
        return ConnectionRefusedError(errno or 111, "Connection refused")
    if kind == "DNS":
        return _gaierror(errno or -2, message or "Name or service not known")
    if kind in ("RESET", "RESET_IN_BODY"):
        if errno == 32:
            return BrokenPipeError(32, "Broken pipe")
        return ConnectionResetError(errno or 104, "Connection reset by peer")
    if kind == "UNREACHABLE":
        return OSError(errno or 113, message or "No route to host")
    if kind == "TLS":
        return _ssl_error(message)
    if kind == "TLS_FILE":
        return OSError(message)
    return None


def decode_error(reply):
    """(what failed, the decoder's error) of a body that could not be decompressed."""
    import zlib
    text, _, reason = reply.failureMessage().partition(" (")
    return text, zlib.error(reason[:-1])


def requests_error(reply, timeout, request=None):
    """(the exception requests raises, the innermost one that Locust reports) for a failed reply.

    `timeout` is what the caller gave: its number is part of the text. The exceptions are chained as if each had been
    raised while the one before it was handled: tracebacks show them all.
    """
    error, root = _error_and_root(reply, timeout, request)
    behind = error.args[0] if error.args else None
    if isinstance(behind, BaseException):
        error.__context__ = behind
        if behind.__context__ is None and root is not error and root is not behind:
            behind.__context__ = root
    return error, root


def _error_and_root(reply, timeout, request):
    from requests import exceptions as e
    from urllib3 import exceptions as u
    kind = reply.failureKind()
    message = reply.failureMessage()
    simple = _simple(e).get(kind)
    if simple is not None:
        error = simple(message, request=request)
        return error, error
    host, port, tls = reply.failureHost(), reply.failurePort(), reply.failureUrl().startswith("https:")
    from urllib3.connection import HTTPConnection, HTTPSConnection
    connection = (HTTPSConnection if tls else HTTPConnection)(host, port)
    pool = f"{'HTTPSConnectionPool' if tls else 'HTTPConnectionPool'}(host='{host}', port={port})"
    target = reply.failurePathUrl()
    root = os_error(kind, reply.failureErrno(), message)
    connect, read = timeout if isinstance(timeout, tuple) else (timeout, timeout)

    def refused(reason, error_class):
        given_up = u.MaxRetryError(pool, target, reason)
        given_up.__cause__ = given_up.__context__ = reason
        if root is not None and root is not reason:
            reason.__cause__ = reason.__context__ = root
        return error_class(given_up, request=request)

    if kind in ("REFUSED", "UNREACHABLE"):
        text = f"Failed to establish a new connection: [Errno {root.errno}] {root.strerror}"
        return refused(u.NewConnectionError(connection, text), e.ConnectionError), root
    if kind == "DNS":
        reason = u.NameResolutionError(host, connection, f"[Errno {root.args[0]}] {root.args[1]}")
        return refused(reason, e.ConnectionError), root
    if kind == "CONNECT_TIMEOUT":
        reason = u.ConnectTimeoutError(connection, f"Connection to {host} timed out. (connect timeout={connect})")
        return refused(reason, e.ConnectTimeout), reason
    if kind == "READ_TIMEOUT":
        error = e.ReadTimeout(u.ReadTimeoutError(pool, None, f"Read timed out. (read timeout={read})"),
                              request=request)
        return error, error
    if kind == "TLS":
        reason = u.SSLError(root)
        return refused(reason, e.SSLError), reason
    if kind == "PROXY":
        target = target if tls else reply.failureUrl()
        if "Connection refused" in message:
            root = ConnectionRefusedError(111, "Connection refused")
            reason = u.NewConnectionError(
                connection, "Failed to establish a new connection: [Errno 111] Connection refused")
        else:
            root = reason = OSError(message)
        reason = u.ProxyError("Unable to connect to proxy", reason)
        return refused(reason, e.ProxyError), root
    if kind == "BROKEN_BODY":
        missing = reply.failureBytesMissing()
        cut = u.IncompleteRead(reply.failureBytesRead(), None if missing < 0 else missing)
        error = e.ChunkedEncodingError(u.ProtocolError(f"Connection broken: {cut!r}", cut))
        return error, error
    if kind == "BAD_CHUNK":
        if message.startswith("InvalidChunkLength"):
            cut = u.InvalidChunkLength(message)
            error = e.ChunkedEncodingError(u.ProtocolError(f"Connection broken: {cut!r}", cut))
        else:
            error = e.ChunkedEncodingError(u.ProtocolError(message))
        return error, error
    if kind == "RESET_IN_BODY":
        error = e.ChunkedEncodingError(u.ProtocolError(f"Connection broken: {root!r}", root))
        return error, error
    if kind == "READ_TIMEOUT_IN_BODY":
        error = e.ConnectionError(u.ReadTimeoutError(pool, None, "Read timed out."))
        return error, error
    if kind == "BAD_ENCODING":
        error = e.ContentDecodingError(u.DecodeError(*decode_error(reply)))
        return error, error
    if kind == "BAD_REPLY_HEADER":
        error = e.InvalidHeader(u.InvalidHeader(message), request=request)
        return error, error
    if kind == "CLOSED":
        root = _http_client("RemoteDisconnected")("Remote end closed connection without response")
    elif kind == "NOT_HTTP":
        root = _http_client("BadStatusLine")(message)
    elif kind == "UNKNOWN_VERSION":
        root = _http_client("UnknownProtocol")(message)
    elif kind == "HEADERS_TOO_LARGE":
        root = (_http_client("LineTooLong")(message[len(_READING):]) if message.startswith(_READING)
                else _http_client("HTTPException")(message))
    elif root is None:
        root = OSError(message)
    return e.ConnectionError(u.ProtocolError("Connection aborted.", root), request=request), root


def _simple(e):
    return {
        "TOO_MANY_REDIRECTS": e.TooManyRedirects, "MISSING_SCHEMA": e.MissingSchema,
        "INVALID_SCHEMA": e.InvalidSchema, "INVALID_URL": e.InvalidURL, "INVALID_HEADER": e.InvalidHeader,
        "UNREWINDABLE": e.UnrewindableBodyError, "BODY_TOO_LARGE": e.ChunkedEncodingError,
        "SOURCE": e.RequestException, "TLS_FILE": _os_error, "REDIRECT_SCHEMA": e.InvalidSchema,
        "REDIRECT_URL": _value_error,
    }


def _value_error(message, request=None):
    return ValueError(message)


def _os_error(message, request=None):
    return OSError(message)
