# Written by 'katydid stubs', which overwrites it.
from .lock import BoundedSemaphore as BoundedSemaphore, RLock as RLock, Semaphore as Semaphore
