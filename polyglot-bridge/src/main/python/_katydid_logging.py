"""Brings what user code logs with the standard library into the run's log, without importing `logging` ourselves: it
costs half a second, and many locustfiles never use it."""
import _katydid_after_import as _modules

_settings = {}


def configure(level):
    """As Locust's set-up: root and `locust` loggers at this level, everything through the run's log."""
    _settings["level"] = level
    _modules.after_import("logging", _apply)


def _apply(logging):
    import _katydid_log

    class JavaHandler(logging.Handler):
        """Formats nothing but the message; time, host and level are added by the run's log. Its formatter is for code that
        gives it to a handler of its own."""

        def emit(self, record):
            try:
                message = record.getMessage()
            except Exception:
                # Locust's log handler raises a message that does not fit its arguments in the code that logs it.
                self.handleError(record)
                raise
            try:
                if record.exc_info:
                    message += "\n" + logging.Formatter().formatException(record.exc_info)
                _katydid_log.log(record.levelno, record.name, message)
            except Exception:
                self.handleError(record)

    root = logging.getLogger()
    for handler in list(root.handlers):
        root.removeHandler(handler)
    from _socket import gethostname
    handler = JavaHandler()
    handler.setFormatter(logging.Formatter(f"[%(asctime)s] {gethostname()}/%(levelname)s/%(name)s: %(message)s"))
    root.addHandler(handler)
    level = getattr(logging, _settings["level"].upper(), logging.INFO)
    root.setLevel(level)
    logging.getLogger("locust").setLevel(level)
