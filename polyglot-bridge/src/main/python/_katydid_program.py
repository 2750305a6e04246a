"""Runs a Python program (class PythonProgram): the words behind `katydid python` are understood as Python does."""
import sys

import _katydid

_USAGE = "usage: katydid python FILE [words] | -m MODULE [words] | -c CODE [words]"


def run(words):
    """The program's exit code."""
    _katydid.enter_thread()
    from locust._runtime import plain
    words = plain(words)
    sys.stdout.reconfigure(line_buffering=True)
    try:
        code = _exit_code(_program(words))
    finally:
        _end()
    return code


def _program(words):
    """A function that runs what the words name."""
    first = words[0] if words else ""
    if first == "-m" and len(words) > 1:
        return lambda: _run_module(words[1], words[1:])
    if first == "-c" and len(words) > 1:
        return lambda: _run_text(words[1], "<string>", ["-c", *words[2:]], "")
    if first in ("-V", "--version"):
        return lambda: print(f"Python {sys.version.split()[0]} (Katydid)")
    if not first or first.startswith("-"):
        return lambda: sys.exit(_USAGE)
    return lambda: _run_file(first, words)


def _run_file(path, argv):
    import os
    try:
        with open(path, "rb") as file:
            source = file.read()
    except OSError as error:
        print(f"katydid: can't open file {os.path.abspath(path)!r}: {error}", file=sys.stderr)
        sys.exit(2)
    _run_text(source, path, argv, os.path.dirname(os.path.abspath(path)))


def _run_text(source, path, argv, folder):
    import os
    import types
    main = types.ModuleType("__main__")
    if path != "<string>":
        main.__file__ = os.path.abspath(path)
    sys.modules["__main__"] = main
    sys.argv[:] = argv
    sys.path.insert(0, folder)
    exec(compile(source, path, "exec"), main.__dict__)


def _run_module(name, argv):
    import runpy
    sys.argv[:] = argv
    sys.path.insert(0, "")
    runpy.run_module(name, run_name="__main__", alter_sys=True)


def _exit_code(program):
    """Runs a program to its end, whatever that is, as Python's own start does."""
    try:
        program()
        return 0
    except SystemExit as end:
        from _katydid_exit import code_and_text
        code, text = code_and_text(end)
        if text is not None:
            print(text, file=sys.stderr)
        return code
    except BaseException as error:
        from _katydid_java import as_python, is_java
        if is_java(error):
            print(as_python(error), file=sys.stderr)
            return 1
        trace = error.__traceback__
        while trace is not None and trace.tb_frame.f_code.co_filename == __file__:
            trace = trace.tb_next
        error.__traceback__ = trace
        sys.excepthook(type(error), error, trace)
        return 130 if isinstance(error, KeyboardInterrupt) else 1


def _end():
    """Threads that are not daemons are waited for, and functions registered for the exit are called."""
    if "threading" in sys.modules:
        sys.modules["threading"]._shutdown()
    if "atexit" in sys.modules:
        sys.modules["atexit"]._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            pass
