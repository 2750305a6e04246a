# Written by 'katydid stubs', which overwrites it.
from collections.abc import Mapping, Sequence
from typing import Any

from .users import User

def print_task_ratio(user_classes: Sequence[type[User]], num_users: int, total: bool) -> None:
    """Prints one line for each class and task, nested ones further in."""

def print_task_ratio_json(user_classes: Sequence[type[User]], num_users: int) -> None:
    """Prints both views as JSON."""

def get_ratio(user_classes: Sequence[type[User]], user_spawned: Mapping[str, int], total: bool) -> dict[str, Any]:
    """{class name: {"ratio", "tasks"}}; `user_spawned` says how many users each class has. With `total` a task's ratio
    is its share of the whole test, otherwise of its class."""
