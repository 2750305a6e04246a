# Written by 'katydid stubs', which overwrites it.
from . import request as request, retry as retry, ssl_ as ssl_, timeout as timeout, url as url
from .request import make_headers as make_headers
from .retry import Retry as Retry
from .timeout import Timeout as Timeout
from .url import Url as Url, parse_url as parse_url

__all__ = ["Retry", "Timeout", "Url", "make_headers", "parse_url"]
