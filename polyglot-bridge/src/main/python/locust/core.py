"""Where 0.x kept its classes."""
from . import _legacy, events
from .user.task import TaskSet, task

_legacy.turn_on()
from ._legacy import HttpLocust, Locust, TaskSequence, seq_task  # noqa: E402

__all__ = ["HttpLocust", "Locust", "TaskSequence", "TaskSet", "events", "seq_task", "task"]
