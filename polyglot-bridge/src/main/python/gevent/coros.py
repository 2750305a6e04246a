"""The old name of gevent.lock, which files of Locust 0.x import."""
from .lock import *  # noqa: F401,F403
from .lock import BoundedSemaphore, RLock, Semaphore  # noqa: F401
