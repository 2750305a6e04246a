# Written by 'katydid stubs', which overwrites it.
from typing import Any

from .env import Environment
from .user.users import User

class PrintListener:
    """Prints every request as one tab separated line."""

    include_length: bool
    include_time: bool
    include_context: bool
    include_payload: bool
    def __init__(
        self, env: Environment, include_length: bool = False, include_time: bool = False,
        include_context: bool = False, include_payload: bool = False) -> None: ...
    def on_request(
        self, request_type: str, name: str, response_time: float | None, response_length: int | None, exception: Any,
        context: dict[str, Any], start_time: float | None = None, response: Any = None, **_kwargs: Any) -> None:
        """Listens to the request event."""

def run_single_user(
    user_class: type[User], include_length: bool = False, include_time: bool = False, include_context: bool = False,
    include_payload: bool = False, loglevel: str | None = "WARNING") -> None:
    """Runs a user of this class here and now, and prints its requests; for `katydid python FILE`."""
