"""geventhttpclient on Katydid's HTTP client, with FastHttpUser's rules. Requests made with it are not counted."""

__version__ = "2.6.1"


def __getattr__(name):
    if name == "UserAgent":
        from .useragent import UserAgent
        return UserAgent
    if name == "HTTPClient":
        from .client import HTTPClient
        return HTTPClient
    if name == "URL":
        from .url import URL
        return URL
    if name in ("Session", "request", "get", "post", "put", "patch", "delete", "head", "options"):
        from . import requests
        return getattr(requests, name)
    raise AttributeError(f"module 'geventhttpclient' has no attribute '{name}'")
