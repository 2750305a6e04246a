"""Small things around requests."""
from .request import make_headers
from .retry import Retry
from .timeout import Timeout
from .url import Url, parse_url

__all__ = ["Retry", "Timeout", "Url", "make_headers", "parse_url"]
