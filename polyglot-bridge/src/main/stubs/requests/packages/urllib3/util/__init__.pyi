# Written by 'katydid stubs', which overwrites it.
from urllib3.util import *

from . import retry as retry
