# Written by 'katydid stubs', which overwrites it.
from selectors import *
