# Written by 'katydid stubs', which overwrites it.
from urllib3.exceptions import *
