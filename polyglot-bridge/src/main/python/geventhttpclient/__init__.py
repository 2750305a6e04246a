"""The names of geventhttpclient that locustfiles see through FastHttpUser, on Katydid's HTTP client."""

__version__ = "2.6.1"


def __getattr__(name):
    if name == "UserAgent":
        from .useragent import UserAgent
        return UserAgent
    if name in ("HTTPClient", "URL"):
        raise ImportError(f"Katydid has no geventhttpclient.{name}. Use FastHttpUser's client or requests instead.")
    raise AttributeError(f"module 'geventhttpclient' has no attribute '{name}'")
