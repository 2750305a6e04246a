"""ThreadPool: greenlets are threads already, so it is a Pool by another name."""
from gevent.pool import Pool

__all__ = ["ThreadPool", "ThreadPoolExecutor"]


class ThreadPool(Pool):
    """A pool of at most `maxsize` threads."""

    def __init__(self, maxsize, hub=None, idle_task_timeout=-1):
        Pool.__init__(self, maxsize)

    @property
    def maxsize(self):
        return self.size


def __getattr__(name):
    if name == "ThreadPoolExecutor":
        from concurrent.futures import ThreadPoolExecutor

        return ThreadPoolExecutor
    raise AttributeError(name)
