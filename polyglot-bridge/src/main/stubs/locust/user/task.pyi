# Written by 'katydid stubs', which overwrites it.
from collections.abc import Mapping, Sequence
from typing import Any, Callable, TypeVar, overload

from typing_extensions import deprecated

from ..clients import HttpSession
from .users import HttpUser, User

_F = TypeVar("_F", bound=Callable[..., Any])

LOCUST_STATE_RUNNING: str
LOCUST_STATE_WAITING: str
LOCUST_STATE_STOPPING: str

@overload
def task(weight: _F) -> _F:
    """Marks a method or a nested TaskSet class as a task; `@task(3)` makes it three times as frequent."""

@overload
def task(weight: int = 1) -> Callable[[_F], _F]:
    """Marks a method or a nested TaskSet class as a task; weight n makes it n times as frequent."""

def tag(*tags: str) -> Callable[[_F], _F]:
    """Gives a task names that --tags and --exclude-tags select by; on a TaskSet it applies to all its tasks."""

def get_tasks_from_base_classes(bases: Sequence[type], class_dict: Mapping[str, Any]) -> list[Any]:
    """The tasks of a class: of its bases, its own `tasks`, every marked member, each as often as it weighs."""

def is_markov_taskset(task: Any) -> bool:
    """Whether a task is a MarkovTaskSet class."""

def filter_tasks_by_tags(
    task_holder: type[User] | type[TaskSet], tags: set[str] | None = None, exclude_tags: set[str] | None = None,
    checked: dict[Any, bool] | None = None, warn: Callable[[str], object] = ...) -> None:
    """Keeps of a class's tasks those that have one of the tags and none of the excluded ones."""

class TaskSetMeta(type): ...

# What a set knows of the user that runs it: only that it is one. Members of the user's own class are not errors.
class _AnyUser(HttpUser):
    client: _AnyClient  # pyright: ignore
    def __getattr__(self, name: str) -> Any: ...
    def __setattr__(self, name: str, value: Any) -> None: ...

class _AnyClient(HttpSession):
    def __getattr__(self, name: str) -> Any: ...

class TaskSet(metaclass=TaskSetMeta):
    """A set of tasks that a user runs until it is interrupted; may contain others."""

    tasks: Any
    """Functions and TaskSet classes, as a list, as pairs with weights, or as {task: weight}."""
    min_wait: float | None
    """Milliseconds; only for files of Locust 0.x. Use wait_time."""
    max_wait: float | None
    """Milliseconds; only for files of Locust 0.x. Use wait_time."""
    wait_function: Callable[..., float] | None
    wait_time: Callable[..., float]
    """Seconds to wait before the next task; the user's if the set has none."""

    def __init__(self, parent: Any) -> None: ...
    @property
    def user(self) -> _AnyUser:
        """The user that runs this set."""
    @property
    @deprecated("the name of 0.x; use user")
    def locust(self) -> _AnyUser:
        """The user, under its name of 0.x."""
    @property
    def parent(self) -> Any:
        """The user or the task set that this one is nested in."""
    @property
    def client(self) -> _AnyClient:
        """The user's client."""
    def on_start(self) -> None:
        """Called when the user enters this set."""
    def on_stop(self) -> None:
        """Called when the user leaves this set."""
    def run(self) -> None:
        """Runs the tasks. Not to be overridden."""
    def execute_next_task(self) -> None: ...
    def execute_task(self, task: Any) -> None:
        """A bound method is called, a nested set is run, a function is called with this set."""
    def schedule_task(self, task_callable: Any, first: bool = False) -> None:
        """Puts a task into the queue, at its front if `first`."""
    def get_next_task(self) -> Any:
        """The next task; subclasses may choose in their own way."""
    def wait(self) -> None:
        """Waits as wait_time says."""
    def interrupt(self, reschedule: bool = True) -> None:
        """Leaves this set; the parent's next task comes at once, or after its wait if not `reschedule`."""

class DefaultTaskSet(TaskSet):
    """Runs the tasks that stand on a User itself; they get the user as argument."""
