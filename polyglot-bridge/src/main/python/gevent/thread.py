"""Threads by the names of the old `thread` module."""
from _thread import allocate_lock, error, get_ident, start_new_thread
from _thread import _local

from gevent.lock import LockType

__all__ = ["LockType", "_local", "allocate_lock", "error", "get_ident", "start_new", "start_new_thread"]

start_new = start_new_thread
