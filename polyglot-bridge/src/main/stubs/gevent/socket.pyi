# Written by 'katydid stubs', which overwrites it.
from socket import *
