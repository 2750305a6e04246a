"""The standard library's threading: it lets other users run wherever it blocks."""
import threading as _standard
from threading import *

__implements__ = []


def __getattr__(name):
    return getattr(_standard, name)
