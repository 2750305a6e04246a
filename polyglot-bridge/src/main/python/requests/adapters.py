"""How a session reaches servers: an adapter per URL prefix."""
import _katydid_http as _http
from .exceptions import ConnectionError, InvalidURL, RetryError
from ._response import Response

DEFAULT_POOLBLOCK = False
DEFAULT_POOLSIZE = 10
DEFAULT_RETRIES = 0
DEFAULT_POOL_TIMEOUT = None


class BaseAdapter:
    """What session.mount takes."""

    def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
        raise NotImplementedError

    def close(self):
        raise NotImplementedError


class HTTPAdapter(BaseAdapter):
    """Sends over Katydid's HTTP client. Pool sizes are accepted: a session has as many connections as it has
    requests at the same time. max_retries (a number or urllib3's Retry) is followed."""

    __attrs__ = ["max_retries", "config", "_pool_connections", "_pool_maxsize", "_pool_block"]
    _pool_settings = {}
    poolmanager = None

    def __init__(self, pool_connections=DEFAULT_POOLSIZE, pool_maxsize=DEFAULT_POOLSIZE,
                 max_retries=DEFAULT_RETRIES, pool_block=DEFAULT_POOLBLOCK):
        if max_retries == DEFAULT_RETRIES:
            self.max_retries = None
        else:
            from urllib3.util.retry import Retry
            self.max_retries = Retry.from_int(max_retries)
        self.config = {}
        self.proxy_manager = {}
        self._pool_connections = pool_connections
        self._pool_maxsize = pool_maxsize
        self._pool_block = pool_block
        self._java = None
        self.init_poolmanager(pool_connections, pool_maxsize, block=pool_block)

    def __getstate__(self):
        return {name: getattr(self, name, None) for name in self.__attrs__}

    def __setstate__(self, state):
        self.proxy_manager = {}
        self.config = {}
        self._java = None
        for name, value in state.items():
            setattr(self, name, value)
        self.init_poolmanager(self._pool_connections, self._pool_maxsize, block=self._pool_block)

    def init_poolmanager(self, connections, maxsize, block=DEFAULT_POOLBLOCK, **pool_kwargs):
        """Subclasses override this to pass TLS settings to urllib3: `ssl_context` and `assert_hostname` are looked at."""
        self._pool_settings = pool_kwargs

    def proxy_manager_for(self, proxy, **proxy_kwargs):
        """Nothing to set up either."""

    def add_headers(self, request, **kwargs):
        """For subclasses."""

    def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
        """One exchange without redirects; a response or one of requests.exceptions."""
        if request.url is None:
            raise InvalidURL("A request needs a URL.", request=request)
        if self._java is None:
            self._java = _http.new_session(False)
        self.add_headers(request, stream=stream, timeout=timeout, verify=verify, cert=cert, proxies=proxies)
        return self._exchange(self._java, request, stream, timeout, verify, cert, proxies)

    def _exchange(self, java, request, stream, timeout, verify, cert, proxies):
        from ._transport import exchange
        # Subclasses give their settings to init_poolmanager or to a PoolManager of their own.
        settings = getattr(self.poolmanager, "connection_pool_kw", None) or self._pool_settings
        context = settings.get("ssl_context")
        if context is not None:
            # The context's own files; whether certificates are checked is said by `verify`, as with urllib3.
            import _katydid_ssl
            authorities, own, _ = _katydid_ssl.told(context)
            cert = cert or own
            verify = authorities if verify is True and isinstance(authorities, str) else verify
        names = settings.get("assert_hostname") is not False
        if self.max_retries is None:
            return exchange(java, request, stream, timeout, verify, cert, proxies, names)
        return self._repeated(java, request, stream, timeout, verify, cert, proxies, names)

    def _repeated(self, java, request, stream, timeout, verify, cert, proxies, names):
        import time
        from ._transport import exchange
        retry = self.max_retries
        used = {"connect": 0, "read": 0, "status": 0}
        total = 0
        while True:
            try:
                response = exchange(java, request, stream, timeout, verify, cert, proxies, names)
            except ConnectionError as error:
                kind = "connect" if error._connecting else "read"
                total += 1
                used[kind] += 1
                if used[kind] > retry.budget(kind) or total > retry.budget("total") or (
                        kind == "read" and not retry.allows(request.method)):
                    raise
                wait = retry.get_backoff_time(total)
            else:
                after = response.headers.get("Retry-After")
                again = response.status_code in retry.status_forcelist or (
                    after and retry.respect_retry_after_header
                    and response.status_code in retry.RETRY_AFTER_STATUS_CODES)
                if not again or not retry.allows(request.method):
                    return response
                total += 1
                used["status"] += 1
                if used["status"] > retry.budget("status") or total > retry.budget("total"):
                    if not retry.raise_on_status:
                        return response
                    raise self._too_many(request, response.status_code)
                wait = float(after) if after and after.isdigit() else retry.get_backoff_time(total)
            if wait:
                time.sleep(wait)

    @staticmethod
    def _too_many(request, status):
        from urllib3.exceptions import MaxRetryError, ResponseError
        from urllib3.util.url import parse_url
        parts = parse_url(request.url)
        tls = parts.scheme == "https"
        pool = f"HTTP{'S' if tls else ''}ConnectionPool(host='{parts.host}', port={parts.port or (443 if tls else 80)})"
        reason = ResponseError(ResponseError.SPECIFIC_ERROR.format(status_code=status))
        return RetryError(MaxRetryError(pool, request.path_url, reason), request=request)

    def build_response(self, req, resp):
        """A response around a raw one."""
        response = Response()
        response.status_code = getattr(resp, "status", None)
        response.headers.update(getattr(resp, "headers", {}))
        response.raw = resp
        response.reason = resp.reason
        response.url = req.url
        response.request = req
        response.connection = self
        from .utils import get_encoding_from_headers
        response.encoding = get_encoding_from_headers(response.headers)
        return response

    def close(self):
        if self._java is not None:
            self._java.close()
