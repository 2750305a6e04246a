"""Values of one greenlet: a greenlet is a thread here."""
from _thread import _local as local

__all__ = ["local"]
