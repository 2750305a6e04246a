"""The parts of a URL."""
from ..exceptions import LocationParseError


class Url(tuple):
    """scheme, auth, host, port, path, query, fragment."""

    _fields = ("scheme", "auth", "host", "port", "path", "query", "fragment")

    def __new__(cls, scheme=None, auth=None, host=None, port=None, path=None, query=None, fragment=None):
        if path and not path.startswith("/"):
            path = "/" + path
        return tuple.__new__(cls, (scheme and scheme.lower(), auth, host, port, path, query, fragment))

    scheme, auth, host, port, path, query, fragment = (
        property(lambda self, index=index: self[index]) for index in range(7))

    hostname = host

    @property
    def request_uri(self):
        return (self.path or "/") + ("" if self.query is None else "?" + self.query)

    @property
    def netloc(self):
        return None if self.host is None else self.host + (f":{self.port}" if self.port else "")

    @property
    def url(self):
        text = "" if self.scheme is None else self.scheme + "://"
        text += "" if self.auth is None else self.auth + "@"
        text += (self.netloc or "") + (self.path or "")
        text += "" if self.query is None else "?" + self.query
        return text + ("" if self.fragment is None else "#" + self.fragment)

    def __str__(self):
        return self.url

    def __repr__(self):
        return "Url(" + ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self)) + ")"


def parse_url(url):
    """Splits a URL; a part that is missing is None."""
    if not url:
        return Url()
    from urllib.parse import urlsplit
    text = url if "://" in url or url.startswith(("//", "/")) else "//" + url
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise LocationParseError(url) from None
    auth = parts.netloc.rpartition("@")[0] or None
    host = parts.hostname
    if host and ":" in host:
        host = f"[{host}]"
    return Url(parts.scheme or None, auth, host, port, parts.path or None,
               parts.query if "?" in url else None, parts.fragment if "#" in url else None)
