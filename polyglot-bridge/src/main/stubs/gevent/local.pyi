# Written by 'katydid stubs', which overwrites it.
from threading import local as local

__all__ = ["local"]
