"""The parts of a URL, as they are written."""
from urllib.parse import urlencode, urlsplit


class URL:
    """scheme, host, port, path, query, fragment; `request_uri` is what is asked of the server."""

    def __init__(self, url="", params=None):
        parts = urlsplit(url)
        self.scheme, self.netloc = parts.scheme or "http", parts.netloc
        self.path, self.query, self.fragment = parts.path, parts.query, parts.fragment
        self.host, self.hostname = parts.hostname or "", parts.hostname
        self.port = parts.port or {"http": 80, "https": 443}.get(self.scheme)
        self.user, self.password = parts.username, parts.password
        if params:
            more = params if isinstance(params, str) else urlencode(params, doseq=True)
            self.query = f"{self.query}&{more}" if self.query else more

    @property
    def query_string(self):
        return self.query

    @property
    def request_uri(self):
        return self.path + (f"?{self.query}" if self.query else "")

    @property
    def host_port(self):
        return self.host, self.port

    @property
    def is_ssl(self):
        return self.scheme == "https"

    def __str__(self):
        return (f"{self.scheme}://{self.netloc}" if self.netloc else "") + self.request_uri + (
            f"#{self.fragment}" if self.fragment else "")

    def __repr__(self):
        return f"URL({self})"

    def __eq__(self, other):
        return str(self) == str(other)

    def __hash__(self):
        return hash(str(self))
