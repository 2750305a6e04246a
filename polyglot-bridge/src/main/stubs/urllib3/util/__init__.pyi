# Written by 'katydid stubs', which overwrites it.
from . import (
    connection as connection, request as request, retry as retry, ssl_ as ssl_, timeout as timeout, url as url)
from .request import make_headers as make_headers
from .retry import Retry as Retry
from .ssl_ import (
    SSLContext as SSLContext, create_urllib3_context as create_urllib3_context, resolve_cert_reqs as resolve_cert_reqs,
    resolve_ssl_version as resolve_ssl_version, ssl_wrap_socket as ssl_wrap_socket)
from .timeout import Timeout as Timeout
from .url import Url as Url, parse_url as parse_url

__all__ = ["Retry", "Timeout", "Url", "make_headers", "parse_url"]
