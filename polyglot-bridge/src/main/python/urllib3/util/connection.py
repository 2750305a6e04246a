"""Connecting by oneself, and a place where locustfiles say where requests lead (_katydid_names)."""
import socket
import sys

import _katydid_names

HAS_IPV6 = socket.has_ipv6
_asked = []


class Destination:
    """What create_connection gives when a request only asks where it would lead."""

    def __init__(self, address):
        self.address = address


def create_connection(address, timeout=None, source_address=None, socket_options=None):
    """A connected socket."""
    if _asked:
        return Destination(address)
    host, port = address
    if host.startswith("["):
        host = host.strip("[]")
    limit = timeout if isinstance(timeout, (int, float)) else None
    made = socket.create_connection((host, port), limit, source_address)
    for option in socket_options or ():
        made.setsockopt(*option)
    return made


def allowed_gai_family():
    return socket.AF_UNSPEC if HAS_IPV6 else socket.AF_INET


def is_connection_dropped(conn):
    return not conn.is_connected


_katydid_names.watch(sys.modules[__name__], "create_connection")
