# Written by 'katydid stubs', which overwrites it.
from .client import HTTPClient as HTTPClient
from .requests import (
    Session as Session, delete as delete, get as get, head as head, options as options, patch as patch, post as post,
    put as put, request as request)
from .url import URL as URL
from .useragent import UserAgent as UserAgent

__version__: str
