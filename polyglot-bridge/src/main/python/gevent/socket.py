"""The standard library's socket: it lets other users run wherever it blocks."""
import socket as _standard
from socket import *

__implements__ = []


def _wait(reads, writes, timeout, timeout_exc):
    from select import select
    if not any(select(reads, writes, [], timeout)):
        raise timeout_exc or _standard.timeout("timed out")


def wait_read(fileno, timeout=None, timeout_exc=None):
    """Waits until a file can be read."""
    _wait([fileno], [], timeout, timeout_exc)


def wait_write(fileno, timeout=None, timeout_exc=None):
    """Waits until a file can be written."""
    _wait([], [fileno], timeout, timeout_exc)


def __getattr__(name):
    return getattr(_standard, name)
