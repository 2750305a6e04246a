# Written by 'katydid stubs', which overwrites it.
from threading import *
