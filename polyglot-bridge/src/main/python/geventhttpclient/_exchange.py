"""One request with geventhttpclient's own functions, by the way FastHttpUser's take."""
import _katydid_http as _http
import _katydid_urls as _urls


def new_java(connections=None, most=0):
    return _http.new_session(True, connections, most)


def exchange(java, method, url, headers, payload, params, files, json, follow, limits, attempts):
    """A FastResponse, or what went wrong."""
    from locust.contrib.fasthttp import _unusual_headers

    from ._answer import Answer
    text = body = kind = None
    if files:
        from requests.models import PreparedRequest
        body, kind = PreparedRequest._encode_files(files, payload)
    elif json is not None:
        from json import dumps
        text, kind = dumps(json), "application/json"
    elif isinstance(payload, str):
        text = payload
    elif isinstance(payload, dict):
        text, kind = _urls.form(payload), "application/x-www-form-urlencoded"
    elif payload:
        body = payload.read() if hasattr(payload, "read") else payload if isinstance(payload, bytes) else b"".join(payload)
    options = _http.options(limits.get("connection_timeout", 60.0), limits.get("network_timeout", 60.0),
                            not limits.get("insecure", False), None, None, limits.get("max_redirects", 30))
    sent = _urls.with_query(url, _urls.encode(params)) if params else url
    own = _unusual_headers(headers) if headers else None
    flags = _http.FOLLOW if follow else 0
    for _ in range(attempts):
        reply = _http.send(java, method.upper(), sent, None, own, text, body, kind, flags, options, None)
        if reply.failureKind() is None or reply.receivedStatus():
            return Answer._of(reply)
    raise _error(reply)


def _error(reply):
    from .response import HTTPConnectionClosed, HTTPParseError
    kind, message = reply.failureKind(), reply.failureMessage()
    if kind in ("INVALID_URL", "INVALID_HEADER", "REDIRECT_URL", "MISSING_SCHEMA", "INVALID_SCHEMA"):
        return ValueError(message)
    if kind in ("READ_TIMEOUT", "CONNECT_TIMEOUT"):
        return TimeoutError("timed out")
    if kind in ("REFUSED", "DNS", "UNREACHABLE", "TLS", "CERTIFICATE", "RESET"):
        from _katydid_http_errors import os_error
        return os_error(kind, reply.failureErrno(), message)
    return HTTPConnectionClosed(message) if kind == "NO_REPLY" else HTTPParseError(message)
