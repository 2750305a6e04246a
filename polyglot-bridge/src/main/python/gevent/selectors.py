"""The standard library's selectors: it lets other users run wherever it blocks."""
import selectors as _standard
from selectors import *

__implements__ = []


def __getattr__(name):
    return getattr(_standard, name)
