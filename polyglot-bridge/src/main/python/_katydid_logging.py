"""Brings what user code logs with the standard library into the run's log, without importing `logging` ourselves: it
costs half a second, and many locustfiles never use it."""
import sys

_settings = {}


def configure(level):
    """As Locust's set-up: root and `locust` loggers at this level, everything through the run's log."""
    _settings["level"] = level
    if "logging" in sys.modules:
        _apply(sys.modules["logging"])
    else:
        sys.meta_path.insert(0, _AfterImport())


def _apply(logging):
    import _katydid_log

    class JavaHandler(logging.Handler):
        """Formats nothing but the message; time, host and level are added by the run's log."""

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
    root.addHandler(JavaHandler())
    level = getattr(logging, _settings["level"].upper(), logging.INFO)
    root.setLevel(level)
    logging.getLogger("locust").setLevel(level)


class _AfterImport:
    """Finds nothing itself; lets `logging` be imported by the others and configures it right after."""

    def find_spec(self, name, path=None, target=None):
        if name != "logging":
            return None
        sys.meta_path.remove(self)
        from importlib.util import find_spec
        spec = find_spec("logging")
        spec.loader = _Loader(spec.loader)
        return spec


class _Loader:
    def __init__(self, loader):
        self._loader = loader

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        self._loader.exec_module(module)
        _apply(module)

    def __getattr__(self, name):
        return getattr(self._loader, name)
