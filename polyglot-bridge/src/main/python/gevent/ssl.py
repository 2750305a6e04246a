"""The standard library's ssl: it lets other users run wherever it blocks."""
import ssl as _standard
from ssl import *

__implements__ = []


def __getattr__(name):
    return getattr(_standard, name)
