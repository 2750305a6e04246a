# Written by 'katydid stubs', which overwrites it.
from signal import *
