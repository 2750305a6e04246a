"""Log lines and statistics on their way to Java: what our packages need of the run without importing logging."""
import sys

import _katydid

DEBUG, INFO, WARNING, ERROR, CRITICAL = 10, 20, 30, 40, 50

# The Java method that counts a request is read once: each read of a member looks for it by name.
_state = {"unhandled": False, "timed": None}


def log(level, logger, message):
    """One line of the run's log; before the run exists warnings go to stderr."""
    target = _katydid.port() or _katydid.library()
    if target is not None:
        target.log(level, logger, message)
    elif level >= WARNING:
        print(message, file=sys.stderr)


def traceback_text(error=None):
    """The traceback of an exception as Python prints it; of the one being handled if none is given."""
    import traceback
    if error is None:
        error = sys.exc_info()[1]
    if not isinstance(error, Exception):
        from _katydid_java import as_python
        error = as_python(error)
    shown = traceback.TracebackException(type(error), error, error.__traceback__)
    _without_bridge(shown, set())
    return "".join(shown.format())


def frames_text(trace):
    """The frames of a traceback as Python prints them, without those of the bridge."""
    import traceback
    return "".join(traceback.format_list(_of_users(traceback.extract_tb(trace))))


def _without_bridge(shown, seen):
    """Takes the bridge's own frames out of a traceback and those of its causes."""
    if shown is None or id(shown) in seen:
        return
    seen.add(id(shown))
    shown.stack[:] = _of_users(shown.stack)
    _without_bridge(shown.__cause__, seen)
    _without_bridge(shown.__context__, seen)
    for one in getattr(shown, "exceptions", None) or ():
        _without_bridge(one, seen)


def _of_users(frames):
    return [frame for frame in frames if not _is_bridge(*frame.filename.split("/")[-2:])]


def _is_bridge(*path):
    folder, name = path if len(path) == 2 else ("", path[-1])
    if folder == "psycopg2":
        # Compiled code in the real one.
        return name.startswith("_") and name != "__init__.py"
    return name.lstrip("_").startswith("katydid") or (folder, name) == ("locust", "_runtime.py")


def unhandled(logger, message, level=ERROR):
    """Logs the exception being handled; the process will end with exit code 2 unless something else decides."""
    mark_unhandled()
    log(level, logger, message + traceback_text())


def mark_unhandled():
    """Something died that nobody handled: exit code 2 unless something else decides."""
    _state["unhandled"] = True


def has_unhandled():
    return _state["unhandled"]


def record_request(method, name, response_time, length, exception):
    """Counts a request. response_time is in milliseconds or None; a falsy exception is a success."""
    timed = _state["timed"]
    if (timed is None or exception or type(response_time) is not float or type(length) is not int
            or type(name) is not str or type(method) is not str):
        _record_unusual(method, name, response_time, length, exception)
    else:
        timed(method, name, response_time, False, length, None, None)


def _refuse(name, wanted, value):
    """What cannot be counted is told as an exception of a listener, as by Locust: whoever has fired the event goes on."""
    try:
        raise TypeError(f"{name} of the request event must be {wanted}, not {value!r} ({type(value).__name__})")
    except TypeError:
        unhandled("root", "Uncaught exception in event handler: \n")


def _record_unusual(method, name, response_time, length, exception):
    """The same for whatever a script may give."""
    port = _katydid.port()
    if port is None:
        return
    _state["timed"] = port.recordTimed
    if exception:
        if not isinstance(exception, (str, Exception)):
            from _katydid_java import as_python
            exception = as_python(exception)
        text = exception if isinstance(exception, str) else repr(exception)
        shown = exception.args[0] if type(exception).__name__ == "CatchResponseError" and exception.args else None
        shown = text if shown is None else str(shown)
    else:
        text = shown = None
    if response_time is not None and not hasattr(response_time, "__float__"):
        _refuse("response_time", "a number of milliseconds or None", response_time)
        return
    if length and not hasattr(length, "__int__"):
        _refuse("response_length", "a number of bytes", length)
        return
    if response_time is None:
        port.recordUntimed(str(method), str(name), int(length or 0), text, shown)
    else:
        port.recordTimed(str(method), str(name), float(response_time), isinstance(response_time, int),
                         int(length or 0), text, shown)
