# Written by 'katydid stubs', which overwrites it.
from .useragent import UserAgent as UserAgent

__version__: str
