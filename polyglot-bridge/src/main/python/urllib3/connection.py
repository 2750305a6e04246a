"""Names of connections as error texts show them."""


class HTTPConnection:
    """Where a failed connection was going. Real connections live in Java."""

    def __init__(self, host, port=80):
        self.host = host
        self.port = port

    def __str__(self):
        return f"{type(self).__name__}(host={self.host!r}, port={self.port!r})"

    def __repr__(self):
        # Without a real address: the text is a key of the failure statistics.
        return f"<{self} at 0x....>"


class HTTPSConnection(HTTPConnection):
    """The same with TLS."""


VerifiedHTTPSConnection = HTTPSConnection


class DummyConnection:
    """Stands for TLS where there is none."""
