# Written by 'katydid stubs', which overwrites it.
from typing import Any, Callable, TypeVar

from . import events as events
from .user.sequential_taskset import SequentialTaskSet
from .user.task import TaskSet as TaskSet, task as task
from .user.users import HttpUser, User

_F = TypeVar("_F", bound=Callable[..., Any])

class Locust(User):
    """The base of users in 0.x. Use User."""

    task_set: Any

class HttpLocust(HttpUser):
    """An HTTP user in 0.x. Use HttpUser."""

    task_set: Any

class TaskSequence(SequentialTaskSet):
    """Tasks in the order of their @seq_task numbers, in 0.x. Use SequentialTaskSet."""

def seq_task(order: int) -> Callable[[_F], _F]:
    """Gives a task of a TaskSequence its place."""

__all__ = ["HttpLocust", "Locust", "TaskSequence", "TaskSet", "events", "seq_task", "task"]
