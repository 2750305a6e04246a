# Written by 'katydid stubs', which overwrites it.
class HTTPParseError(Exception):
    """The reply is not HTTP, or ends early."""

class HTTPConnectionClosed(HTTPParseError):
    """The server closed the connection without a reply."""

class HTTPProtocolViolationError(HTTPParseError):
    """The reply contradicts itself."""

class HTTPSocketPoolResponse:
    """Only a name for annotations."""
