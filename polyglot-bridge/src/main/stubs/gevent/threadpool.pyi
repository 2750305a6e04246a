# Written by 'katydid stubs', which overwrites it.
from concurrent.futures import ThreadPoolExecutor as ThreadPoolExecutor
from typing import Any

from .pool import Pool

class ThreadPool(Pool):
    """A pool of at most `maxsize` threads."""

    def __init__(self, maxsize: int, hub: Any = None, idle_task_timeout: float = -1) -> None: ...
    @property
    def maxsize(self) -> int: ...

__all__ = ["ThreadPool", "ThreadPoolExecutor"]
