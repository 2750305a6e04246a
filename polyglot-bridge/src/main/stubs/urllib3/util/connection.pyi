# Written by 'katydid stubs', which overwrites it.
import socket
from collections.abc import Iterable
from typing import Any

HAS_IPV6: bool

def create_connection(
    address: tuple[str, int], timeout: Any = None, source_address: tuple[str, int] | None = None,
    socket_options: Iterable[Any] | None = None) -> socket.socket:
    """A connected socket. A locustfile may replace this function to say where requests lead."""

def allowed_gai_family() -> socket.AddressFamily: ...
def is_connection_dropped(conn: Any) -> bool: ...
