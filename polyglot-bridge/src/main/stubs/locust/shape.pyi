# Written by 'katydid stubs', which overwrites it.
from .runners import Runner
from .user.users import User
from typing import Any

# (users, spawn rate), with the classes to take them from, or nothing when the test is over.
_Tick = tuple[int, float] | tuple[int, float, list[type[User]] | None]

class LoadTestShape:
    """Subclasses define tick(), asked about once a second."""

    runner: Runner | Any
    use_common_options: bool
    """True: -u, -r and -t are shown and given to the shape."""
    abstract: bool
    """True in the body of a class that is only a base of others."""
    start_time: float

    def __init__(self) -> None: ...
    def reset_time(self) -> None:
        """Starts the clock anew."""
    def get_run_time(self) -> float:
        """Seconds since the start of the run."""
    def get_current_user_count(self) -> int: ...
    def tick(self) -> _Tick | None:
        """(users, spawn rate), (users, spawn rate, [user classes]), or None when the test is over."""
