"""Makes what blocks in Python's standard library give the gate back, so that other users run meanwhile.

Installed once when a context starts, before `threading` and its relatives are imported: these then build their own
classes on the primitives of `_thread` put in here, and need no patch themselves.
"""
import _thread
import sys
import time

import _katydid
import _katydid_after_import as _modules
import _katydid_compiled
import _katydid_locks
import _katydid_processes
import _katydid_socket_waits
import _katydid_sockets


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
_thread_time = time.thread_time


def thread_time():
    """time.thread_time. The JVM does not know it of virtual threads; one at a time computes, so the process's is near."""
    seconds = _thread_time()
    return time.process_time() if seconds < 0 else seconds


def thread_time_ns():
    return int(thread_time() * 1e9)


thread_time.__module__ = thread_time_ns.__module__ = "time"
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


def _change_ssl(ssl):
    import _katydid_ssl
    _katydid_ssl.remember(ssl)
    if _katydid_socket_waits.available:
        _katydid_socket_waits.wrap(ssl)


def _change_select(select):
    if _katydid_socket_waits.available:
        import _katydid_select
        _katydid_select.change(select)


def _watch_names(socket):
    import _katydid_names
    _katydid_names.watch(socket, "getaddrinfo")


# Modules of the standard library, and ours that change them.
_CHANGES = {"subprocess": "_katydid_subprocess", "bz2": "_katydid_bz2",
            "asyncio.unix_events": "_katydid_asyncio", "multiprocessing.connection": "_katydid_multiprocessing",
            "multiprocessing": "_katydid_as_processes", "ctypes": "_katydid_compiled.change_ctypes",
            "concurrent.futures.process": "_katydid_as_processes.change_executor",
            "binascii": "_katydid_stdlib.change_binascii", "hashlib": "_katydid_stdlib.change_hashlib",
            "zoneinfo": "_katydid_stdlib.change_zoneinfo", "_pydatetime": "_katydid_stdlib.change_pydatetime",
            "unicodedata": "_katydid_unicode", "typing": "_katydid_generic"}


def _h11(source):
    """A class that becomes its own class (docs/graalpy-issues/OwnClass.java): GraalPy wants both without slots."""
    return source.replace("class Sentinel(type):", "class Sentinel(type):\n    __slots__ = ()\n", 1).replace(
        "        v = super().__new__(", "        namespace.setdefault('__slots__', ())\n        v = super().__new__(", 1)


def _changer(changes):
    ours, _, function = changes.partition(".")

    def change(module):
        getattr(__import__(ours), function or "change")(module)
    return change


def _process_time():
    return _process_time_ns() / 1e9


def _process_time_ns():
    return _katydid.process_time_ns()


for _function, _name in ((_process_time, "process_time"), (_process_time_ns, "process_time_ns")):
    _function.__module__, _function.__name__, _function.__qualname__ = "time", _name, _name


def _with_build(platform):
    """GraalPy's version says nothing of when it was built: that is an empty text, as CPython has it, and not None."""
    found = platform._sys_version
    platform._sys_version = lambda version=None: tuple("" if part is None else part for part in found(version))


def install():
    """Puts the replacements in. A second call does nothing."""
    global _installed
    if _installed:
        return
    _installed = True
    time.sleep = sleep
    time.process_time, time.process_time_ns = _process_time, _process_time_ns
    time.thread_time, time.thread_time_ns = thread_time, thread_time_ns
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
    _katydid_processes.install()
    _katydid_sockets.install()
    _katydid_compiled.install()
    for name, changes in _CHANGES.items():
        _modules.after_import(name, _changer(changes))
    _modules.rewrite("h11._util", _h11)
    _modules.after_import("ssl", _change_ssl)
    _change_select(__import__("select"))
    _modules.after_import("socket", _watch_names)
    _modules.after_import("platform", _with_build)
    # Without the built-in SimpleQueue, which waits inside Python, `queue` takes its own, which is made of our locks.
    sys.modules["_queue"] = None
