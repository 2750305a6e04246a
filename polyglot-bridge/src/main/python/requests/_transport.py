"""A prepared request over Java: the way for everything that is out of the ordinary."""
import _katydid_http as _http
from _katydid_http_errors import requests_error
from ._response import Response


def limits(timeout):
    """(connect, read) seconds of requests' timeout argument; None = no limit."""
    if timeout is None:
        return None, None
    if isinstance(timeout, tuple):
        try:
            connect, read = timeout
        except ValueError:
            raise ValueError(
                f"Invalid timeout {timeout}. Pass a (connect, read) timeout tuple, or a single float to set both "
                "timeouts to the same value.") from None
    elif hasattr(timeout, "connect_timeout"):
        connect, read = timeout.connect_timeout, timeout.read_timeout
    else:
        connect = read = timeout
    for name, value in (("connect", connect), ("read", read)):
        if value is None:
            continue
        if isinstance(value, bool):
            raise ValueError("Timeout cannot be a boolean value. It must be an int, float or None.")
        try:
            value = float(value) if not isinstance(value, str) else None
        except (TypeError, ValueError):
            value = None
        if value is None:
            raise ValueError(f"Timeout value {name} was {connect if name == 'connect' else read}, but it must be an "
                             "int, float or None.")
        if value <= 0:
            raise ValueError(f"Attempted to set {name} timeout to {connect if name == 'connect' else read}, but the "
                             "timeout cannot be set to a value less than or equal to 0.")
    return connect, read


def proxy_pair(proxies):
    """(proxy for http, proxy for https) of requests' dictionary, or None."""
    if not proxies:
        return None
    pair = tuple(_proxy_url(proxies.get(scheme) or proxies.get("all")) for scheme in ("http", "https"))
    return pair if any(pair) else None


def _proxy_url(proxy):
    return "http://" + proxy if proxy and "://" not in proxy else proxy or None


def exchange(java, request, stream, timeout, verify, cert, proxies, names=True):
    """Sends a PreparedRequest, without following redirects."""
    connect, read = limits(timeout)
    options = _http.options(connect, read, verify, cert, proxy_pair(proxies), 30, names)
    headers = _http.flat_headers(
        (name, value) for name, value in request.headers.items()
        if name.lower() not in ("content-length", "transfer-encoding"))
    text = data = None
    flags = _http.EXACT | (_http.STREAM if stream else 0)
    body = request.body
    if isinstance(body, str):
        text = body
    elif isinstance(body, (bytes, bytearray, memoryview)):
        data = bytes(body)
    elif body is not None:
        data = _read_all(body)
        if request.headers.get("Transfer-Encoding", "").lower() == "chunked":
            flags |= _http.CHUNKED
    reply = _http.send(java, request.method, request.url, None, headers, text, data, None, flags, options, None)
    if reply.failureKind() is not None:
        error, root = requests_error(reply, timeout, request)
        error._reply = reply
        error._root = root
        error._connecting = reply.failureKind() in ("REFUSED", "DNS", "UNREACHABLE", "CONNECT_TIMEOUT")
        raise error
    response = Response._of(reply, timeout, stream)
    response.request = request
    return response


def _read_all(body):
    """The bytes of a file or of a generator. They are collected before the request begins."""
    if hasattr(body, "read"):
        data = body.read()
        return data.encode("utf-8") if isinstance(data, str) else data
    if not hasattr(body, "__iter__"):
        raise TypeError(f"'body' must be a bytes-like object, file-like object, or iterable. Instead was {body!r}")
    return b"".join(piece.encode("utf-8") if isinstance(piece, str) else bytes(piece) for piece in body)
