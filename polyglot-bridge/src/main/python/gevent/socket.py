"""The standard library's socket: it lets other users run wherever it blocks."""
import socket as _standard
from socket import *

__implements__ = []


def __getattr__(name):
    return getattr(_standard, name)
