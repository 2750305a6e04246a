# Written by 'katydid stubs', which overwrites it.
from ssl import *
