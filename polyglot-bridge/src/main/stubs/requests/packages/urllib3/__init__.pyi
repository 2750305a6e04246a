# Written by 'katydid stubs', which overwrites it.
from urllib3 import (
    PoolManager as PoolManager, Retry as Retry, Timeout as Timeout, add_stderr_logger as add_stderr_logger,
    disable_warnings as disable_warnings)

from . import exceptions as exceptions, util as util
