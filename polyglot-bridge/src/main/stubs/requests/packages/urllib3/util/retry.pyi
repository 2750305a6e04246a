# Written by 'katydid stubs', which overwrites it.
from urllib3.util.retry import Retry as Retry
