"""The standard library's signal."""
import signal as _standard
from signal import *


def __getattr__(name):
    return getattr(_standard, name)
