# Written by 'katydid stubs', which overwrites it.
from socket import *
from typing import Any

def wait_read(fileno: int, timeout: float | None = None, timeout_exc: Any = None) -> None:
    """Waits until a file can be read."""

def wait_write(fileno: int, timeout: float | None = None, timeout_exc: Any = None) -> None:
    """Waits until a file can be written."""
