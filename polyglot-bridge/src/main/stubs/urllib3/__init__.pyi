# Written by 'katydid stubs', which overwrites it.
from typing import Any

from . import (
    connection as connection, connectionpool as connectionpool, exceptions as exceptions, fields as fields,
    filepost as filepost, poolmanager as poolmanager, response as response, util as util)
from ._collections import HTTPHeaderDict as HTTPHeaderDict
from .connectionpool import (
    HTTPConnectionPool as HTTPConnectionPool, HTTPSConnectionPool as HTTPSConnectionPool,
    connection_from_url as connection_from_url)
from .filepost import encode_multipart_formdata as encode_multipart_formdata
from .poolmanager import (
    PoolManager as PoolManager, ProxyManager as ProxyManager, proxy_from_url as proxy_from_url, request as request)
from .response import BaseHTTPResponse as BaseHTTPResponse, HTTPResponse as HTTPResponse
from .util.request import make_headers as make_headers
from .util.retry import Retry as Retry
from .util.timeout import Timeout as Timeout

__version__: str

def disable_warnings(category: type[Warning] = ...) -> None:
    """Silences this package's warnings. Katydid gives none; a filter is set for code that looks."""

def add_stderr_logger(level: int = 10) -> Any:
    """Sends the log of urllib3 to stderr, as debugging code asks for."""
