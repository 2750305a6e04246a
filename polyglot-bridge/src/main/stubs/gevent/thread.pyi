# Written by 'katydid stubs', which overwrites it.
from _thread import (
    _local as _local, allocate_lock as allocate_lock, error as error, get_ident as get_ident,
    start_new_thread as start_new_thread)

from .lock import LockType as LockType

start_new = start_new_thread
