"""The pool that locustfiles give FastHttpUser.client_pool."""
import _katydid_http as _http


class HTTPClientPool:
    """Connections that several users share: to one server `concurrency` of them; requests for which there is none wait."""

    def __init__(self, concurrency=10, **settings):
        self.concurrency = concurrency
        self.settings = settings
        self._connections = _http.new_connections(concurrency, True)

    def close(self):
        """Closes the idle connections."""
        _http.close_idle(self._connections)
