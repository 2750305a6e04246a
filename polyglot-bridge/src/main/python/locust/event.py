"""Events that locustfiles listen to and fire (python-api.md A7)."""
import _katydid
import _katydid_log as _log
from .exception import InterruptTaskSet, RescheduleTask, RescheduleTaskImmediately, StopTest, StopUser

_STEERING = (StopUser, StopTest, RescheduleTask, RescheduleTaskImmediately, InterruptTaskSet)


class EventHook:
    """A list of listeners. fire() calls each with the keyword arguments; one that fails does not stop the others."""

    _event = None
    """The name of an environment's event, which Java fires only once it knows of a listener."""

    def __init__(self):
        self._handlers = []
        self.has_listeners = False

    def add_listener(self, handler):
        """Adds a listener and returns it, so that it can be used as a decorator."""
        if self._event is not None:
            _katydid.expect_listener(self._event)
        self._handlers.append(handler)
        self.has_listeners = True
        return handler

    def remove_listener(self, handler):
        self._handlers.remove(handler)
        self.has_listeners = bool(self._handlers)

    def fire(self, *, reverse=False, **kwargs):
        if self._handlers:
            self._tell(kwargs, reverse)

    def _tell(self, kwargs, reverse):
        """Calls the listeners; one that is added or removed meanwhile does not matter yet."""
        handlers = self._handlers.copy()
        if reverse:
            handlers.reverse()
        for handler in handlers:
            try:
                handler(**kwargs)
            except _STEERING:
                raise
            except Exception:
                _log.unhandled("root", "Uncaught exception in event handler: \n")

    def measure(self, request_type, name, response_length=0, context=None):
        """A context manager that times its block and fires the event; what the block raises becomes the exception."""
        return _Measure(self, request_type, name, response_length, context)


class _Measure:
    def __init__(self, hook, request_type, name, response_length, context):
        self._hook = hook
        self._meta = {"request_type": request_type, "name": name, "response_length": response_length,
                      "context": context or {}, "exception": None}

    def __enter__(self):
        import time
        self._meta["start_time"] = time.time()
        self._begun = time.perf_counter()
        return self._meta

    def __exit__(self, kind, error, trace):
        import time
        if error is not None and not isinstance(error, Exception):
            return False
        if error is not None:
            self._meta["exception"] = error
        self._meta["response_time"] = (time.perf_counter() - self._begun) * 1000
        self._hook.fire(**self._meta)
        return True


class RequestHook(EventHook):
    """The request event. Statistics are always taken, after the listeners; who fires it need not care."""

    def __init__(self, counts=True):
        """`counts`: whether statistics are taken; not of what a warm-up does."""
        super().__init__()
        self._counts = counts

    def fire(self, *, reverse=False, **kwargs):
        if self._handlers:
            self._tell(kwargs, reverse)
        if not self._counts:
            return
        try:
            values = (kwargs["request_type"], kwargs["name"], kwargs["response_time"], kwargs["response_length"],
                      kwargs["exception"])
        except KeyError:
            values = [kwargs.get(name) for name in ("request_type", "name", "response_time", "response_length",
                                                    "exception")]
        _log.record_request(*values)


_NAMES = ("user_error", "report_to_master", "worker_report", "worker_connect", "spawning_complete", "quitting", "init",
          "init_command_line_parser", "test_start", "test_stopping", "test_stop", "reset_stats", "cpu_warning",
          "usage_monitor", "heartbeat_sent", "heartbeat_received", "quit")


def _expect_listeners():
    """Has Java fire every event: for an environment with events that are not ours."""
    for name in _NAMES:
        _katydid.expect_listener(name)


class Events:
    """All events of an environment; `locust.events` is the one of a run from the command line."""

    def __init__(self):
        vars(self)["request"] = RequestHook()
        for name in _NAMES:
            hook = EventHook()
            hook._event = name
            vars(self)[name] = hook

    def __setattr__(self, name, hook):
        """Puts another hook in the place of ours; who listens to it is not known."""
        _katydid.expect_listener(name)
        super().__setattr__(name, hook)

    def __getattr__(self, name):
        if name == "EventHook":
            # In 0.x `locust.events` was the module.
            return EventHook
        # Other names of 0.x exist only for files that are written for it (module _legacy sets them).
        raise AttributeError(f"'Events' object has no attribute '{name}'")
