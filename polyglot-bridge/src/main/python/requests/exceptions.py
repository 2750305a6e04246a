"""What can go wrong with a request."""
from urllib3.exceptions import HTTPError as BaseHTTPError
from _katydid_json import JSONDecodeError as CompatJSONDecodeError


class RequestException(IOError):
    """Any failure of a request; `request` and `response` are there as far as it got."""

    def __init__(self, *args, **kwargs):
        response = kwargs.pop("response", None)
        self.response = response
        self.request = kwargs.pop("request", None)
        if response is not None and not self.request and hasattr(response, "request"):
            self.request = response.request
        super().__init__(*args, **kwargs)


class InvalidJSONError(RequestException):
    """A JSON document could not be read or written."""


class JSONDecodeError(InvalidJSONError, CompatJSONDecodeError):
    """The text of a response is not JSON."""

    def __init__(self, *args, **kwargs):
        CompatJSONDecodeError.__init__(self, *args)
        InvalidJSONError.__init__(self, *self.args, **kwargs)

    def __reduce__(self):
        return CompatJSONDecodeError.__reduce__(self)


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
