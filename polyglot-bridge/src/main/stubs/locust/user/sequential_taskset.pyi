# Written by 'katydid stubs', which overwrites it.
from typing import Any

from .task import TaskSet, TaskSetMeta

class SequentialTaskSetMeta(TaskSetMeta): ...

class SequentialTaskSet(TaskSet, metaclass=SequentialTaskSetMeta):
    """Runs its tasks one after the other, again and again; a task of weight n runs n times in a row."""

    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
