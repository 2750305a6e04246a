"""How Python's HTTP packages reach Java's HTTP session.

A reply is one flat Java object; what is expensive about it is decoded when it is asked for. The call that waits opens
the interpreter lock, Java gives the gate back meanwhile. A reply that is None means the calling thread was killed.
"""
import _katydid
from _katydid import death

_host = _katydid._host
_http = _host.http()
# Read once, and functions of the reply instead of its methods: each read of a member looks for it by name.
status_of = _http.statusOf
json_text_of = _http.jsonTextOf
record_reply = _http.recordReply
millis_of = _http.millisOf
start_time_of = _http.startTimeOf
url_of = _http.urlOf
length_of = _http.lengthOf
lock = _katydid._lock_interop

RECORD = 1
"""Java puts the request into the statistics, unless it failed without a reply."""
FOLLOW = 2
"""Redirects are followed."""
STREAM = 4
"""Return after the headers."""
EXACT = 8
"""The headers given are all headers."""
CHUNKED = 16
"""The body is sent in chunks."""
ACCEPT_JSON = 32
"""Accept: application/json, unless the headers have an Accept."""

REMOVED = "\0"
"""In headers: this name is not sent."""


def new_session(fast, connections=None, most=0):
    """A Java session (class BridgeSession); `fast` judges the way FastHttpUser does. `connections`: those that it shares
    with others (new_connections). `most`: how many requests to one server it makes at the same time, 0 = no limit."""
    return _http.newSession(fast, connections, most)


def new_connections(per_server, limited):
    """Connections for several sessions; `limited`: never more to one server, other requests wait."""
    return _http.newConnections(per_server, limited)


def close_idle(connections):
    _http.closeIdle(connections)


def new_cookies():
    return _http.newCookies()


def record(method, name, millis, length, error):
    """Statistics of one request; `millis` None = counted, not timed; `error` the exception's repr or None."""
    _http.record(method, name, -1.0 if millis is None else float(millis), int(length or 0), error)


def send(java, method, url, name, headers, text, body, content_type, flags, options, cookies):
    """One exchange. Everything but method, URL and flags may be None."""
    lock(False)
    try:
        reply = java.send(method, url, name, headers, text, body, content_type, flags, options, cookies)
    finally:
        lock(True)
    if reply is None:
        raise death()
    return reply


def read(reply, size, decode=True):
    """Up to `size` bytes of a streamed reply (negative: the rest, 0: what comes first); b"" at the end. Whether they are
    decoded is decided by the first call."""
    lock(False)
    try:
        text = reply.read(size) if decode else reply.readAsSent(size)
    finally:
        lock(True)
    if text is None:
        if _katydid.take_kill():
            raise death()
        return b""
    return text.encode("latin-1")


def content(reply):
    """The decoded body of a reply that was not streamed."""
    return reply.contentLatin1().encode("latin-1")


def flat_headers(items):
    """Names and values as the one string Java takes, or None if one of them is not plain text."""
    flat = []
    for key, value in items:
        if value is None:
            value = REMOVED
        elif type(value) is not str or type(key) is not str:
            if isinstance(value, bytes):
                value = value.decode("latin-1")
            if isinstance(key, bytes):
                key = key.decode("latin-1")
            if not isinstance(value, str) or not isinstance(key, str):
                return None
        elif value and value[0] in " \t\r\v\f":
            return None
        flat.append(key)
        flat.append(value)
    text = "\n".join(flat)
    return text if not flat or text.count("\n") == len(flat) - 1 and "\r" not in text else None


def plain_headers(headers):
    """The same of a dictionary in which all is plain text; None as soon as something is not."""
    lines = []
    for key, value in headers.items():
        if type(value) is not str or type(key) is not str or value and value[0] in " \t\r\v\f":
            return None
        lines.append(f"{key}\n{value}")
    text = "\n".join(lines)
    return text if text.count("\n") == 2 * len(lines) - 1 and "\r" not in text else None


def pairs(text):
    """The name and value pairs of a flat text from Java."""
    if not text:
        return []
    flat = text.split("\n")
    return list(zip(flat[0::2], flat[1::2]))


_options = {}


def options(connect, read_timeout, verify, cert, proxies, max_redirects, names=True):
    """A Java object for settings that differ from the usual ones; equal settings share one.

    Times are seconds or None; verify True, False or a path; cert None, a path or (certificate, key); names: whether the
    server's name is checked too.
    """
    key = (connect, read_timeout, verify, cert, proxies, max_redirects, names)
    made = _options.get(key)
    if made is None:
        ca = None
        if isinstance(verify, str):
            import certifi
            ca = None if verify == certifi.where() else verify
        certificate, private = cert if isinstance(cert, tuple) else (cert, None)
        http, https = proxies or (None, None)
        made = _http.newOptions(
            -1.0 if connect is None else float(connect), -1.0 if read_timeout is None else float(read_timeout),
            verify is not False, names, ca, certificate, private, http, https, max_redirects)
        if len(_options) > 500:
            _options.clear()
        _options[key] = made
    return made


def prepared_url(url):
    """The URL quoted as requests does it; `!KIND message` if it cannot be used."""
    return _http.preparedUrl(url)
