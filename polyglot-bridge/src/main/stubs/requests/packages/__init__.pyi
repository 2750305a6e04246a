# Written by 'katydid stubs', which overwrites it.
from . import urllib3 as urllib3
