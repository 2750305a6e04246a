# Written by 'katydid stubs', which overwrites it.
from typing import Any

from .env import Environment
from .event import Events
from .shape import LoadTestShape
from .user.users import User

version: str
COMMON_OPTIONS: dict[str, str]

def is_shape_class(item: Any) -> bool:
    """Whether a member of a module is a concrete load shape."""

def is_user_class(item: Any) -> bool:
    """Whether a member of a module is a concrete user class."""

def load_locustfile(path: str) -> tuple[dict[str, type[User]], list[LoadTestShape]]:
    """({name: user class}, [shape instances]) of a file."""

def create_environment(
    user_classes: list[type[User]], options: Any, events: Events | None = None,
    shape_class: LoadTestShape | None = None, locustfile: str | None = None,
    parsed_locustfiles: list[str] | None = None, available_user_classes: dict[str, Any] | None = None,
    available_shape_classes: dict[str, Any] | None = None,
    available_user_tasks: dict[str, list[Any]] | None = None) -> Environment:
    """An environment with the values of parsed options."""

def main() -> None:
    """Not possible: the program runs already."""

__all__ = ["is_shape_class", "is_user_class", "load_locustfile", "main", "version"]
