"""Makes what blocks in Python's standard library give the gate back, so that other users run meanwhile.

Installed once when a context starts, before `threading` and its relatives are imported: these then build their own
classes on the primitives of `_thread` put in here, and need no patch themselves.
"""
import _socket
import _thread
import sys
import time

import _katydid
import _katydid_after_import as _modules
import _katydid_locks


def sleep(seconds):
    """time.sleep that lets other users run."""
    if not isinstance(seconds, (int, float)):
        if not hasattr(seconds, "__index__") and not hasattr(seconds, "__float__"):
            raise TypeError(f"'{type(seconds).__name__}' object cannot be interpreted as an integer")
        seconds = float(seconds)
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    if _katydid.sleep(seconds):
        raise _katydid.death()


sleep.__module__ = "time"
_CANNOT_BE_SET = 92


class _Socket(_socket.socket):
    """A socket that takes options which Java's sockets do not have, such as the times between two keep-alive packets, as
    a wish: clients of databases and brokers set them and cannot go on when that fails."""

    __slots__ = ()

    def setsockopt(self, *arguments):
        try:
            super().setsockopt(*arguments)
        except OSError as error:
            if error.errno != _CANNOT_BE_SET:
                raise
_installed = False


def _add_site_builtins():
    """exit, quit and help, which Python's `site` module puts in; it is not imported here, for it costs time."""
    import _sitebuiltins
    import builtins
    builtins.exit = _sitebuiltins.Quitter("exit", "Ctrl-D (i.e. EOF)")
    builtins.quit = _sitebuiltins.Quitter("quit", "Ctrl-D (i.e. EOF)")
    builtins.help = _sitebuiltins._Helper()


def _exit(status):
    """os._exit: the process belongs to Java too, so it ends as with sys.exit, only that files and handlers are not asked."""
    raise SystemExit(int(status))


_exit.__module__ = "posix"


def _remember_contexts(ssl):
    import _katydid_ssl
    _katydid_ssl.remember(ssl)


def install():
    """Puts the replacements in. A second call does nothing."""
    global _installed
    if _installed:
        return
    _installed = True
    time.sleep = sleep
    _thread.allocate_lock = _thread.allocate = _thread.LockType = _katydid_locks.Lock
    _thread.RLock = _katydid_locks.RLock
    _thread.start_new_thread = _thread.start_new = _katydid_locks.start_new_thread
    _thread._set_sentinel = _katydid_locks.set_sentinel
    _thread.get_ident = _katydid.ident
    _thread._local = _katydid_locks.Local
    _add_site_builtins()
    import posix
    posix._exit = _exit
    if "os" in sys.modules:
        sys.modules["os"]._exit = _exit
    _modules.after_import("ssl", _remember_contexts)
    _socket.socket = _Socket
    # Without the built-in SimpleQueue, which waits inside Python, `queue` takes its own, which is made of our locks.
    sys.modules["_queue"] = None
