"""Servers of gevent do not exist under Katydid."""

_WHY = "gevent.pywsgi does not exist under Katydid. Use http.server or socketserver of the standard library instead."


class _Missing:
    def __init__(self, *args, **kwargs):
        raise NotImplementedError(_WHY)


class BaseServer(_Missing):
    """Only a name; making one explains what to use."""


class StreamServer(_Missing):
    """Only a name; making one explains what to use."""


class DatagramServer(_Missing):
    """Only a name; making one explains what to use."""


class WSGIServer(_Missing):
    """Only a name; making one explains what to use."""


class WSGIHandler(_Missing):
    """Only a name; making one explains what to use."""
