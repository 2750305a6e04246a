# Written by 'katydid stubs', which overwrites it.
from collections.abc import Sequence
from typing import Any, Callable

from .env import Environment
from .rpc.protocol import Message as Message
from .stats import RequestStats, StatsError
from .user.users import User

STATE_INIT: str
STATE_SPAWNING: str
STATE_RUNNING: str
STATE_CLEANUP: str
STATE_STOPPING: str
STATE_STOPPED: str
STATE_MISSING: str
WORKER_REPORT_INTERVAL: float
WORKER_LOG_REPORT_INTERVAL: float
CPU_MONITOR_INTERVAL: float
CPU_WARNING_THRESHOLD: float
HEARTBEAT_INTERVAL: float
HEARTBEAT_LIVENESS: int
HEARTBEAT_DEAD_INTERNAL: int
MASTER_HEARTBEAT_TIMEOUT: float
FALLBACK_INTERVAL: float
CONNECT_TIMEOUT: float
CONNECT_RETRY_COUNT: int
greenlet_exception_handler: Any

class Runner:
    """The run: how many users there are, and orders to it."""

    environment: Environment
    custom_messages: dict[str, tuple[Callable[..., Any], bool]]
    cpu_warning_emitted: bool
    worker_cpu_warning_emitted: bool

    @property
    def greenlet(self) -> Any:
        """A group for background greenlets. It ends when the run is quit, so a program can join it."""
    @property
    def state(self) -> str:
        """One of the STATE_ constants of this module."""
    @property
    def user_count(self) -> int: ...
    @property
    def user_classes_count(self) -> dict[str, int]:
        """Running users by class; classes without users are there with 0."""
    @property
    def target_user_count(self) -> int: ...
    @property
    def target_user_classes_count(self) -> dict[str, int]: ...
    @property
    def spawn_rate(self) -> float: ...
    @property
    def user_classes(self) -> list[type[User]]: ...
    @property
    def user_classes_by_name(self) -> dict[str, type[User]]: ...
    @property
    def stats(self) -> RequestStats: ...
    @property
    def errors(self) -> dict[str, StatsError]: ...
    @property
    def exceptions(self) -> dict[int, dict[str, Any]]:
        """Counted exceptions of user code: key -> {count, msg, traceback, nodes}."""
    shape_last_tick: Any
    shape_greenlet: Any
    spawning_greenlet: Any
    connection_broken: bool
    @property
    def user_greenlets(self) -> Any:
        """A group of the greenlets that run users in this process now; `greenlet.args[0]` is the user."""

    @property
    def current_cpu_usage(self) -> float:
        """Percent of one core that this process has used since it was asked before, or since its start."""

    @property
    def current_memory_usage(self) -> int:
        """Bytes of memory of this process."""

    @property
    def final_user_classes_count(self) -> dict[str, int]:
        """Users by class at the end of the last test; empty before."""

    @property
    def client_id(self) -> str: ...
    def log_exception(self, node_id: str, msg: str, formatted_tb: str) -> None: ...
    def start(
        self, user_count: int, spawn_rate: float = 1.0, wait: bool = False,
        user_classes: Sequence[type[User]] | None = None) -> None:
        """Starts a run, or changes the number of users of the one there is."""
    def start_shape(self) -> None: ...
    def stop(self) -> None:
        """Ends the run; another may be started."""
    def quit(self) -> None:
        """Ends the run and the program."""
    def register_message(self, msg_type: str, listener: Callable[..., Any], concurrent: bool = False) -> None:
        """listener(environment=, msg=) is called for messages of this type, on its own greenlet if `concurrent`."""
    def send_message(self, msg_type: str, data: Any = None, client_id: str | None = None) -> None:
        """Sends to the master or, as the master, to all workers or the one named."""

class LocalRunner(Runner):
    """A run in one process."""

    worker_index: int
    worker_count: int

class DistributedRunner(Runner):
    """A part of a distributed run."""

class WorkerNode:
    """A worker as the master knows it."""

    id: str
    index: int
    state: str
    heartbeat: int
    cpu_usage: float
    cpu_warning_emitted: bool
    memory_usage: int
    user_classes_count: dict[str, int]

    def __init__(self, id: str, state: str = "ready", heartbeat_liveness: int = 3) -> None: ...
    @property
    def user_count(self) -> int: ...

class WorkerNodes(dict[str, WorkerNode]):
    """Workers by id."""

    @property
    def all(self) -> list[WorkerNode]: ...
    @property
    def ready(self) -> list[WorkerNode]: ...
    @property
    def spawning(self) -> list[WorkerNode]: ...
    @property
    def running(self) -> list[WorkerNode]: ...
    @property
    def missing(self) -> list[WorkerNode]: ...

class MasterRunner(DistributedRunner):
    """The master of a distributed run."""

    @property
    def clients(self) -> WorkerNodes: ...
    @property
    def worker_count(self) -> int: ...
    @property
    def reported_user_classes_count(self) -> dict[str, int]: ...
    def get_worker_index(self, client_id: str) -> int: ...

class WorkerRunner(DistributedRunner):
    """A worker of a distributed run."""

    @property
    def worker_index(self) -> int: ...
    @property
    def worker_state(self) -> str: ...

# Names of 0.x.
locust_runner: Any
global_stats: RequestStats
MasterLocustRunner = MasterRunner
WorkerLocustRunner = WorkerRunner
SlaveLocustRunner = WorkerRunner
LocalLocustRunner = LocalRunner
