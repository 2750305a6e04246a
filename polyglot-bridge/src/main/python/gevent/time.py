"""The standard library's time: it lets other users run wherever it blocks."""
import time as _standard
from time import *

__implements__ = []


def __getattr__(name):
    return getattr(_standard, name)
