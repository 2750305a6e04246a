# Written by 'katydid stubs', which overwrites it.
from select import *
