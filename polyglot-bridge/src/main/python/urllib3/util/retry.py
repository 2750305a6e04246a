"""How often to try again."""


class Retry:
    """Limits for repeating a request. `HTTPAdapter(max_retries=Retry(...))` follows total, connect, read, status,
    status_forcelist, allowed_methods, backoff_factor, backoff_max, raise_on_status and respect_retry_after_header."""

    DEFAULT_ALLOWED_METHODS = frozenset(["HEAD", "GET", "PUT", "DELETE", "OPTIONS", "TRACE"])
    RETRY_AFTER_STATUS_CODES = frozenset([413, 429, 503])
    DEFAULT_REMOVE_HEADERS_ON_REDIRECT = frozenset(["Cookie", "Authorization", "Proxy-Authorization"])
    DEFAULT_BACKOFF_MAX = 120
    DEFAULT = None

    def __init__(self, total=10, connect=None, read=None, redirect=None, status=None, other=None,
                 allowed_methods=DEFAULT_ALLOWED_METHODS, status_forcelist=None, backoff_factor=0,
                 backoff_max=DEFAULT_BACKOFF_MAX, raise_on_redirect=True, raise_on_status=True, history=None,
                 respect_retry_after_header=True,
                 remove_headers_on_redirect=DEFAULT_REMOVE_HEADERS_ON_REDIRECT, backoff_jitter=0.0,
                 retry_after_max=21600, **renamed):
        self.total = total
        self.connect = connect
        self.read = read
        self.redirect = redirect
        self.status = status
        self.other = other
        # `method_whitelist` is what urllib3 1.x called it.
        self.allowed_methods = renamed.pop("method_whitelist", allowed_methods)
        if renamed:
            raise TypeError(f"Retry() got an unexpected keyword argument '{next(iter(renamed))}'")
        self.status_forcelist = status_forcelist or set()
        self.backoff_factor = backoff_factor
        self.backoff_max = backoff_max
        self.raise_on_redirect = raise_on_redirect
        self.raise_on_status = raise_on_status
        self.history = history or ()
        self.respect_retry_after_header = respect_retry_after_header
        self.remove_headers_on_redirect = frozenset(h.lower() for h in remove_headers_on_redirect)
        self.backoff_jitter = backoff_jitter
        self.retry_after_max = retry_after_max

    @classmethod
    def from_int(cls, retries, redirect=True, default=None):
        """A Retry of a number, None, False or a Retry."""
        if retries is None:
            retries = default if default is not None else cls(3)
        if isinstance(retries, Retry):
            return retries
        return cls(retries, redirect=bool(redirect) and None)

    def new(self, **changes):
        values = {name: getattr(self, name) for name in (
            "total", "connect", "read", "redirect", "status", "other", "allowed_methods", "status_forcelist",
            "backoff_factor", "backoff_max", "raise_on_redirect", "raise_on_status", "history",
            "respect_retry_after_header", "remove_headers_on_redirect", "backoff_jitter", "retry_after_max")}
        values.update(changes)
        return type(self)(**values)

    def allows(self, method):
        """Whether a request of this method may be repeated after its reply has begun."""
        return not self.allowed_methods or method.upper() in self.allowed_methods

    def budget(self, kind):
        """How many repetitions are allowed for "connect", "read" or "status"."""
        limits = [limit for limit in (self.total, getattr(self, kind)) if limit is not None]
        if any(limit is False for limit in limits):
            return 0
        return min(limits) if limits else 10

    def get_backoff_time(self, repeated=None):
        """Seconds to wait before the next attempt after `repeated` failures in a row (default: the history's)."""
        failures = len(self.history) if repeated is None else repeated
        if failures <= 1:
            return 0
        return float(max(0, min(self.backoff_max, self.backoff_factor * 2 ** (failures - 1))))

    def __repr__(self):
        return (f"{type(self).__name__}(total={self.total}, connect={self.connect}, read={self.read}, "
                f"redirect={self.redirect}, status={self.status})")


Retry.DEFAULT = Retry(3)
