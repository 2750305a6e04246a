"""Small things around requests."""
from .request import make_headers
from .retry import Retry
from .timeout import Timeout
from .url import Url, parse_url

_MODULES = ("connection", "proxy", "queue", "request", "response", "retry", "ssl_", "timeout", "url", "wait")


def __getattr__(name):
    if name in _MODULES:
        import importlib
        return importlib.import_module("urllib3.util." + name)
    if name in ("SSLContext", "create_urllib3_context", "resolve_cert_reqs", "resolve_ssl_version", "ssl_wrap_socket"):
        from . import ssl_
        return getattr(ssl_, name)
    raise AttributeError(f"module 'urllib3.util' has no attribute '{name}'")


__all__ = ["Retry", "Timeout", "Url", "make_headers", "parse_url"]
