"""Child processes as POSIX has them: status words, files as their streams, and dialogues.

GraalPy gives a program nothing but pipes or our own streams, and exit codes instead of status words.
"""
import os as _os
import posix as _posix

_system, _waitpid = _posix.system, _posix.waitpid


def _word(code):
    """The status word of what GraalPy calls a status: Java's exit value, which is 128 and the number of a signal if that
    ended the program. (One that says so itself with exit(137) cannot be told from it.)"""
    return code - 128 if 128 < code < 128 + 65 else code << 8


def system(command):
    return _word(_system(command))


def waitpid(pid, options):
    found, code = _waitpid(pid, options)
    return found, _word(code)


def WIFEXITED(status):
    return status & 0x7F == 0


def WEXITSTATUS(status):
    return status >> 8 & 0xFF


def WIFSIGNALED(status):
    return 0 < status & 0x7F < 0x7F


def WTERMSIG(status):
    return status & 0x7F


def WIFSTOPPED(status):
    return status & 0xFF == 0x7F


def WSTOPSIG(status):
    return status >> 8 & 0xFF


def WIFCONTINUED(status):
    return status == 0xFFFF


def WCOREDUMP(status):
    return status & 0x80 != 0


def waitstatus_to_exitcode(status):
    if WIFEXITED(status):
        return WEXITSTATUS(status)
    if WIFSIGNALED(status):
        return -WTERMSIG(status)
    if WIFSTOPPED(status):
        raise ValueError(f"process stopped by delivery of signal {WSTOPSIG(status)}")
    raise ValueError(f"invalid wait status: {status}")


def install():
    for function in (system, waitpid, WIFEXITED, WEXITSTATUS, WIFSIGNALED, WTERMSIG, WIFSTOPPED, WSTOPSIG, WIFCONTINUED,
                     WCOREDUMP, waitstatus_to_exitcode):
        function.__module__ = "posix"
        setattr(_posix, function.__name__, function)
        setattr(_os, function.__name__, function)
