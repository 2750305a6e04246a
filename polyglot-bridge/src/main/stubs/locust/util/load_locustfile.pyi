# Written by 'katydid stubs', which overwrites it.
from typing import Any

from ..shape import LoadTestShape
from ..user.users import User

def is_shape_class(item: Any) -> bool:
    """Whether a member of a module is a concrete load shape."""

def is_user_class(item: Any) -> bool:
    """Whether a member of a module is a concrete user class."""

def load_locustfile(path: str) -> tuple[dict[str, type[User]], list[LoadTestShape]]:
    """({name: user class}, [shape instances]) of a file."""

def load_locustfile_pytest(path: str) -> dict[str, type[User]]:
    """{name: user class} of the test functions in a file that pytest would run."""

__all__ = ["is_shape_class", "is_user_class", "load_locustfile", "load_locustfile_pytest"]
