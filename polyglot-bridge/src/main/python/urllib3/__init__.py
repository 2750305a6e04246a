"""The parts of urllib3 that locustfiles name, on Katydid's HTTP client."""
from . import exceptions

__version__ = "2.8.0"

_LATER = {
    "PoolManager": "poolmanager", "ProxyManager": "poolmanager", "proxy_from_url": "poolmanager",
    "HTTPConnectionPool": "connectionpool", "HTTPSConnectionPool": "connectionpool",
    "connection_from_url": "connectionpool",
    "HTTPResponse": "response", "BaseHTTPResponse": "response",
    "Retry": "util.retry", "Timeout": "util.timeout", "make_headers": "util.request",
    "HTTPHeaderDict": "_collections", "encode_multipart_formdata": "filepost", "request": "poolmanager",
}
_MODULES = ("util", "fields", "poolmanager", "connectionpool", "response", "filepost", "connection")


def disable_warnings(category=exceptions.HTTPWarning):
    """Silences this package's warnings. Katydid gives none; a filter is set for code that looks."""
    import warnings
    warnings.simplefilter("ignore", category)


def add_stderr_logger(level=10):
    """Sends the log of urllib3 to stderr, as debugging code asks for."""
    import logging
    logger = logging.getLogger(__name__)
    handler = logging.StreamHandler()
    logger.addHandler(handler)
    logger.setLevel(level)
    return handler


def __getattr__(name):
    import importlib
    if name in _LATER:
        return getattr(importlib.import_module("urllib3." + _LATER[name]), name)
    if name in _MODULES:
        return importlib.import_module("urllib3." + name)
    raise AttributeError(f"module 'urllib3' has no attribute '{name}'")
