"""The standard library's subprocess: it lets other users run wherever it blocks."""
import subprocess as _standard
from subprocess import *

__implements__ = []


def __getattr__(name):
    return getattr(_standard, name)
