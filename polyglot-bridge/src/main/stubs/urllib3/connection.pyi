# Written by 'katydid stubs', which overwrites it.
from typing import Any

class HTTPConnection:
    """Where a failed connection was going. Real connections live in Java."""

    host: str
    port: int
    sock: Any
    """Of a response's connection: getpeername() tells the server's address."""

    def __init__(self, host: str, port: int = 80) -> None: ...

class HTTPSConnection(HTTPConnection):
    """The same with TLS."""

VerifiedHTTPSConnection = HTTPSConnection

class DummyConnection:
    """Stands for TLS where there is none."""
