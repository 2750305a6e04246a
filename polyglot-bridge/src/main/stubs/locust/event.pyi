# Written by 'katydid stubs', which overwrites it.
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, Callable, TypeVar

from typing_extensions import Self, deprecated

from .env import Environment
from .runners import Runner
from .web import WebUI

_F = TypeVar("_F", bound=Callable[..., Any])

class EventHook:
    """A list of listeners. fire() calls each with the keyword arguments; one that fails does not stop the others."""

    has_listeners: bool

    def __init__(self) -> None: ...
    def add_listener(self, handler: _F) -> _F:
        """Adds a listener and returns it, so that it can be used as a decorator."""
    def remove_listener(self, handler: Callable[..., Any]) -> None: ...
    def fire(self, *, reverse: bool = False, **kwargs: Any) -> None:
        """Calls the listeners with these keyword arguments, last added first if `reverse`."""
    def measure(
        self, request_type: str, name: str, response_length: int = 0,
        context: dict[str, Any] | None = None) -> AbstractContextManager[dict[str, Any]]:
        """A context manager that times its block and fires the event; what the block raises becomes the exception."""

class RequestHook(EventHook):
    """Fired for every request. Statistics are taken from it, after the listeners."""

    def add_listener(self, handler: _F) -> _F:
        """Adds a listener: `def on_request(request_type, name, response_time, response_length, exception, context,
        response, start_time, url, **kwargs)`. response_time is in milliseconds, exception is None for a success,
        start_time is in seconds since 1970; clients of your own may give less, so take **kwargs."""
    def fire(
        self, *, reverse: bool = False, request_type: str = ..., name: str = ..., response_time: float | None = ...,
        response_length: int | None = ..., exception: BaseException | str | None = ...,
        context: dict[str, Any] | None = ..., response: Any = ..., start_time: float = ..., url: str | None = ...,
        **kwargs: Any) -> None:
        """Reports a request: to the listeners and to the statistics. response_time is in milliseconds, None = counted
        but not timed; a request with an exception is a failure."""

class _Init(EventHook):
    def add_listener(self, handler: _F) -> _F:
        """Adds a listener: `def on_init(environment, runner, web_ui, **kwargs)`."""
    def fire(
        self, *, reverse: bool = False, environment: Environment = ..., runner: Runner | None = ...,
        web_ui: WebUI | None = ..., **kwargs: Any) -> None: ...

class _InitCommandLineParser(EventHook):
    def add_listener(self, handler: _F) -> _F:
        """Adds a listener: `def add_options(parser, **kwargs)`, with a LocustArgumentParser."""
    def fire(self, *, reverse: bool = False, parser: Any = ..., **kwargs: Any) -> None: ...

class _OfEnvironment(EventHook):
    def add_listener(self, handler: _F) -> _F:
        """Adds a listener: `def listener(environment, **kwargs)`."""
    def fire(self, *, reverse: bool = False, environment: Environment = ..., **kwargs: Any) -> None: ...

class _Quitting(_OfEnvironment):
    @deprecated("only in files of 0.x; use add_listener")
    def __iadd__(self, handler: Callable[..., Any]) -> Self: ...

class _SpawningComplete(EventHook):
    def add_listener(self, handler: _F) -> _F:
        """Adds a listener: `def listener(user_count, **kwargs)`."""
    def fire(self, *, reverse: bool = False, user_count: int = ..., **kwargs: Any) -> None: ...

class _UserError(EventHook):
    def add_listener(self, handler: _F) -> _F:
        """Adds a listener: `def listener(user_instance, exception, tb, **kwargs)`."""
    def fire(
        self, *, reverse: bool = False, user_instance: Any = ..., exception: BaseException = ...,
        tb: TracebackType | None = ..., **kwargs: Any) -> None: ...

class _Report(EventHook):
    def add_listener(self, handler: _F) -> _F:
        """Adds a listener: `def listener(client_id, data, **kwargs)`; `data` is a dictionary that may be added to."""
    def fire(
        self, *, reverse: bool = False, client_id: str = ..., data: dict[str, Any] = ..., **kwargs: Any) -> None: ...

class _ReportToMaster(_Report):
    @deprecated("only in files of 0.x; use add_listener")
    def __iadd__(self, handler: Callable[..., Any]) -> Self: ...

class _OfWorker(EventHook):
    def add_listener(self, handler: _F) -> _F:
        """Adds a listener: `def listener(client_id, **kwargs)`."""
    def fire(self, *, reverse: bool = False, client_id: str = ..., **kwargs: Any) -> None: ...

class _Heartbeat(EventHook):
    def add_listener(self, handler: _F) -> _F:
        """Adds a listener: `def listener(client_id, timestamp, **kwargs)`."""
    def fire(self, *, reverse: bool = False, client_id: str = ..., timestamp: float = ..., **kwargs: Any) -> None: ...

class _CpuWarning(EventHook):
    def add_listener(self, handler: _F) -> _F:
        """Adds a listener: `def listener(environment, cpu_usage, **kwargs)`."""
    def fire(
        self, *, reverse: bool = False, environment: Environment = ..., cpu_usage: float = ...,
        **kwargs: Any) -> None: ...

class _UsageMonitor(EventHook):
    def add_listener(self, handler: _F) -> _F:
        """Adds a listener: `def listener(environment, cpu_usage, memory_usage, **kwargs)`."""
    def fire(
        self, *, reverse: bool = False, environment: Environment = ..., cpu_usage: float = ...,
        memory_usage: int = ..., **kwargs: Any) -> None: ...

class _Quit(EventHook):
    def add_listener(self, handler: _F) -> _F:
        """Adds a listener: `def listener(exit_code, **kwargs)`."""
    def fire(self, *, reverse: bool = False, exit_code: int = ..., **kwargs: Any) -> None: ...

# Events of 0.x take listeners with += and pass them only the arguments they name.
class _Legacy(EventHook):
    def __iadd__(self, handler: Callable[..., Any]) -> Self: ...
    def __isub__(self, handler: Callable[..., Any]) -> Self: ...

class Events:
    """All events of an environment; `locust.events` is the one of a run from the command line."""

    request: RequestHook
    """A request has ended (request_type, name, response_time, response_length, exception, context, response,
    start_time, url)."""
    user_error: _UserError
    """A task or on_start has raised something (user_instance, exception, tb)."""
    report_to_master: _ReportToMaster
    """A worker is about to report; `data` may be added to (client_id, data)."""
    worker_report: _Report
    """The master has got a worker's report (client_id, data)."""
    worker_connect: _OfWorker
    """A worker has come to the master (client_id)."""
    spawning_complete: _SpawningComplete
    """All users are running (user_count)."""
    quitting: _Quitting
    """The process is about to end; environment.process_exit_code may be set (environment)."""
    quit: _Quit
    """After quitting (exit_code)."""
    init: _Init
    """Runner and web UI exist, the run has not begun (environment, runner, web_ui)."""
    init_command_line_parser: _InitCommandLineParser
    """Options may be added (parser)."""
    test_start: _OfEnvironment
    """A run begins, on every node (environment)."""
    test_stopping: _OfEnvironment
    """A run is about to be stopped, users still run (environment)."""
    test_stop: _OfEnvironment
    """A run has been stopped, on every node (environment)."""
    reset_stats: EventHook
    """The statistics have been reset in the web UI (no arguments)."""
    cpu_warning: _CpuWarning
    """The processor is busy (environment, cpu_usage)."""
    usage_monitor: _UsageMonitor
    """Every ten seconds (environment, cpu_usage, memory_usage)."""
    heartbeat_sent: _Heartbeat
    """The master has sent a heartbeat (client_id, timestamp)."""
    heartbeat_received: _Heartbeat
    """A worker has got a heartbeat (client_id, timestamp)."""

    def __init__(self) -> None: ...

    # Only for files that import names of 0.x.
    @property
    @deprecated("an event of 0.x; use request")
    def request_success(self) -> _Legacy: ...
    @request_success.setter
    def request_success(self, hook: _Legacy) -> None: ...
    @property
    @deprecated("an event of 0.x; use request")
    def request_failure(self) -> _Legacy: ...
    @request_failure.setter
    def request_failure(self, hook: _Legacy) -> None: ...
    @property
    @deprecated("an event of 0.x; use spawning_complete")
    def hatch_complete(self) -> _Legacy: ...
    @hatch_complete.setter
    def hatch_complete(self, hook: _Legacy) -> None: ...
    @property
    @deprecated("an event of 0.x; use test_start")
    def locust_start_hatching(self) -> _Legacy: ...
    @locust_start_hatching.setter
    def locust_start_hatching(self, hook: _Legacy) -> None: ...
    @property
    @deprecated("an event of 0.x; use test_stop")
    def locust_stop_hatching(self) -> _Legacy: ...
    @locust_stop_hatching.setter
    def locust_stop_hatching(self, hook: _Legacy) -> None: ...
    @property
    @deprecated("an event of 0.x; use user_error")
    def locust_error(self) -> _Legacy: ...
    @locust_error.setter
    def locust_error(self, hook: _Legacy) -> None: ...
    @property
    @deprecated("an event of 0.x; use test_start")
    def master_start_hatching(self) -> _Legacy: ...
    @master_start_hatching.setter
    def master_start_hatching(self, hook: _Legacy) -> None: ...
    @property
    @deprecated("an event of 0.x; use test_stop")
    def master_stop_hatching(self) -> _Legacy: ...
    @master_stop_hatching.setter
    def master_stop_hatching(self, hook: _Legacy) -> None: ...
    @property
    @deprecated("an event of 0.x; use worker_report")
    def slave_report(self) -> _Legacy: ...
    @slave_report.setter
    def slave_report(self, hook: _Legacy) -> None: ...
