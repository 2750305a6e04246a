"""The standard library's os, and gevent's additions to it."""
import os as _standard
from os import *


def tp_read(fd, n):
    return _standard.read(fd, n)


def tp_write(fd, buf):
    return _standard.write(fd, buf)


nb_read = tp_read
nb_write = tp_write


def make_nonblocking(fd):
    """Files here never block other users."""


def __getattr__(name):
    return getattr(_standard, name)
