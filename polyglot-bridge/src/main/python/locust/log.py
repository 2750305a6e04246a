"""Logging as locustfiles set it up themselves; the run's own log is in Java (cli.md section 4)."""
import _katydid
import _katydid_log


def setup_logging(loglevel, logfile=None):
    """Root and `locust` loggers at this level, everything through the run's log; before a run exists, to stderr.

    A `logfile` gets what these loggers write instead.
    """
    import logging

    import _katydid_logging
    level = loglevel.upper()
    library = _katydid.library()
    if library is not None:
        from ._library import answered
        answered(library.setUpLogging(level, logfile), ValueError)
    if logfile is None or library is not None:
        _katydid_logging.configure(level)
        return
    root = logging.getLogger()
    for handler in list(root.handlers):
        root.removeHandler(handler)
    handler = logging.FileHandler(logfile)
    handler.setFormatter(logging.Formatter("[%(asctime)s] %(levelname)s/%(name)s: %(message)s"))
    root.addHandler(handler)
    root.setLevel(level)
    logging.getLogger("locust").setLevel(level)


def greenlet_exception_logger(logger, level=50):
    """A function for Greenlet.link_exception(): logs what the greenlet died of."""

    def exception_handler(greenlet):
        error = getattr(greenlet, "exception", None)
        text = "" if error is None else "\n" + _katydid_log.traceback_text(error)
        _katydid_log.mark_unhandled()
        logger.log(level, "Unhandled exception in greenlet: %s%s", greenlet, text)

    return exception_handler


def _log_reader():
    import logging
    from collections import deque

    class LogReader(logging.Handler):
        """Keeps the last lines in `logs`, for files and programs that add it to a logger themselves."""

        def __init__(self):
            super().__init__()
            self.logs = deque(maxlen=500)

        def emit(self, record):
            self.logs.append(self.format(record))

    return LogReader


def __getattr__(name):
    if name == "LogReader":
        globals()[name] = _log_reader()
        return globals()[name]
    if name == "HOSTNAME":
        import socket
        return socket.gethostname().split(".")[0]
    if name == "unhandled_greenlet_exception":
        return _katydid_log.has_unhandled()
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
