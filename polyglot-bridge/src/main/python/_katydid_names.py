"""Lets locustfiles say to which address a name leads: those that replace socket.getaddrinfo, or create_connection of
urllib3, which is how it is done beside Locust. Requests are Java's; it asks here only while something is replaced."""
import sys
import types

import _katydid

_host = _katydid._host
_replaced = set()
_originals = {}


class _Watched(types.ModuleType):
    """A module some of whose functions tell when they are replaced."""

    def __setattr__(self, name, value):
        super().__setattr__(name, value)
        original = _originals.get((self.__name__, name))
        if original is not None:
            mark = (self.__name__, name)
            if value is original:
                _replaced.discard(mark)
            else:
                _replaced.add(mark)
            _host.lookUpWith(look_up if _replaced else None)


def watch(module, name):
    """Requests ask this function of the module from the moment on that it is replaced."""
    _originals[module.__name__, name] = getattr(module, name)
    module.__class__ = _Watched


def look_up(host, port):
    """Lines of address and port, or one that begins with `!`: the error's number and text."""
    try:
        if ("urllib3.util.connection", "create_connection") in _replaced:
            return "\n".join(_through_urllib3(host, port))
        return "\n".join(_addresses(host, port))
    except OSError as error:
        return f"!{error.errno or -2} {error.strerror or error}"
    except Exception as error:
        return f"!-2 {type(error).__name__}: {error}"


def _addresses(host, port):
    import socket
    found = socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM)
    return [f"{entry[4][0]} {entry[4][1]}" for entry in found]


def _through_urllib3(host, port):
    connection = sys.modules["urllib3.util.connection"]
    connection._asked.append(True)
    try:
        made = connection.create_connection((host, port), None, source_address=None, socket_options=None)
    finally:
        connection._asked.pop()
    if isinstance(made, connection.Destination):
        return _addresses(*made.address)
    # The replacement has connected by itself: that it could is lost, where it leads to is not.
    with made:
        peer = made.getpeername()
    return [f"{peer[0]} {peer[1]}"]
