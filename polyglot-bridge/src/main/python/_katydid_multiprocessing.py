"""Waiting for the pipes of `multiprocessing`, so that other users run meanwhile.

GraalPy's pipes are queues in Java. It waits for one of several in a loop that never rests, and nobody else comes in while it
does: six users with a ThreadPool each stood still for good. Here who waits gives the gate back until somebody writes. Only
what other interpreters (`multiprocessing.Process`) or real files bring is looked for from time to time.

Used once somebody has imported `multiprocessing.connection`. All threads of the context use it, one at a time.
"""
import time

import _katydid
import _multiprocessing_graalpy as _pipes

_LOOK_SECONDS = 0.02

_ready_now = _pipes._select
_read_at_once = _pipes._read
_write_there = _pipes._write
_close_there = _pipes._close
_spawn_there = _pipes._spawn_context
_waiting = set()
_others_write = False


def _select(fds, objects, files, timeout):
    """As GraalPy's: those of `objects` and `files` that are ready. A timeout of 0 waits for ever, a negative one not at all."""
    deadline = time.monotonic() + timeout if timeout > 0 else None
    written = _katydid.Semaphore(0)
    _waiting.add(written)
    try:
        while True:
            ready = _ready_now(fds, objects, files, -1)
            if ready or timeout < 0:
                return ready
            rest = -1.0
            if deadline is not None:
                rest = deadline - time.monotonic()
                if rest <= 0:
                    return ready
            if _others_write or files:
                rest = _LOOK_SECONDS if rest < 0 else min(rest, _LOOK_SECONDS)
            if written.acquire(rest) < 0:
                raise _katydid.death()
    finally:
        _waiting.discard(written)


def _tell():
    for written in list(_waiting):
        written.release_up_to(1)


def _read(fd, size):
    _select([fd], [fd], [], 0)
    return _read_at_once(fd, size)


def _write(fd, data):
    try:
        return _write_there(fd, data)
    finally:
        _tell()


def _close(fd):
    try:
        return _close_there(fd)
    finally:
        _tell()


def _spawn_context(*arguments):
    global _others_write
    _others_write = True
    _tell()
    return _spawn_there(*arguments)


def change(connection):
    """Puts the replacements where `multiprocessing` looks for them each time."""
    _pipes._select = _select
    _pipes._read = _read
    _pipes._write = _write
    _pipes._close = _close
    _pipes._spawn_context = _spawn_context
