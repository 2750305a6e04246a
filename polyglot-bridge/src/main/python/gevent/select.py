"""The standard library's select: it lets other users run wherever it blocks."""
import select as _standard
from select import *

__implements__ = []


def __getattr__(name):
    return getattr(_standard, name)
