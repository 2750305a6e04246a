# Written by 'katydid stubs', which overwrites it.
from collections.abc import Sequence
from typing import Any, TypeVar

from .argument_parser import Options
from .dispatch import UsersDispatcher as UsersDispatcher
from .event import Events
from .runners import LocalRunner, MasterRunner, Runner, WorkerRunner
from .shape import LoadTestShape as LoadTestShape
from .stats import RequestStats as RequestStats
from .user.users import User
from .web import WebUI

RunnerType = TypeVar("RunnerType", bound=Runner)

class Environment:
    """Knows the user classes, the events, the options and the runner."""

    events: Events
    user_classes: list[type[User]]
    shape_class: LoadTestShape | None
    tags: Sequence[str] | None
    exclude_tags: Sequence[str] | None
    host: str | Any
    reset_stats: bool
    catch_exceptions: bool
    process_exit_code: int | None
    """The exit code of the program, if a listener of `quitting` wants another than Katydid's."""
    parsed_options: Options
    """The values of the command line, one attribute for each option, also those that a locustfile has added."""
    available_user_classes: dict[str, Any] | None
    available_shape_classes: dict[str, Any] | None
    available_user_tasks: dict[str, list[Any]] | None
    locustfile: str | None
    parsed_locustfiles: list[str] | None
    profile: str | None
    # None before they exist; who listens to events does not get to see that.
    runner: Runner | Any
    web_ui: WebUI | Any
    worker_logs: dict[str, list[str]]
    dispatcher_class: type[Any]
    stop_timeout: float
    """Seconds that users may take to finish their task when they are stopped."""

    def __init__(
        self, *, user_classes: Sequence[type[User]] | None = None, shape_class: LoadTestShape | None = None,
        tags: Sequence[str] | None = None, exclude_tags: Sequence[str] | None = None, events: Events | None = None,
        host: str | None = None, reset_stats: bool = False, stop_timeout: float | None = None,
        catch_exceptions: bool = True, parsed_options: Any = None,
        available_user_classes: dict[str, Any] | None = None, available_shape_classes: dict[str, Any] | None = None,
        available_user_tasks: dict[str, list[Any]] | None = None, dispatcher_class: type[Any] | None = None,
        locustfile: str | None = None, profile: str | None = None, process_exit_code: int | None = None,
        parsed_locustfiles: list[str] | None = None) -> None: ...
    # Locustfiles keep what all users share here.
    def __getattr__(self, name: str) -> Any: ...
    def __setattr__(self, name: str, value: Any) -> None: ...
    @property
    def stats(self) -> RequestStats:
        """The statistics of the run."""
    @property
    def user_classes_by_name(self) -> dict[str, type[User]]: ...
    def assign_equal_weights(self) -> None:
        """Gives every user class and every task weight 1; nested task sets are flattened."""
    def update_user_class(self, user_settings: dict[str, Any]) -> None:
        """Sets attributes of a user class; `tasks` keeps the tasks with these names."""
    def update_worker_logs(self, worker_log_report: dict[str, Any]) -> None: ...
    def create_local_runner(self) -> LocalRunner:
        """A runner whose users are in this process; for programs run with `katydid python`."""
    def create_master_runner(self, master_bind_host: str = "*", master_bind_port: int = 5557) -> MasterRunner: ...
    def create_worker_runner(self, master_host: str, master_port: int) -> WorkerRunner: ...
    def create_web_ui(
        self, host: str = "", port: int = 8089, web_base_path: str | None = None, web_login: bool = False,
        tls_cert: str | None = None, tls_key: str | None = None, stats_csv_writer: Any = None,
        delayed_start: bool = False, userclass_picker_is_active: bool = False,
        build_path: str | None = None) -> WebUI:
        """The web UI of this environment's runner, which has to be there already."""
