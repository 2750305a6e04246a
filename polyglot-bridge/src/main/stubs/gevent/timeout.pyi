# Written by 'katydid stubs', which overwrites it.
from types import TracebackType
from typing import Any, Callable, TypeVar

from typing_extensions import Self

_T = TypeVar("_T")

class Timeout(BaseException):
    """Raised in the calling thread when the time is up and it blocks. `except Exception` lets it pass."""

    seconds: float | None
    exception: Any
    def __init__(
        self, seconds: float | None = None, exception: Any = None, ref: bool = True, priority: int = -1,
        _one_shot: bool = False) -> None: ...
    def start(self) -> None: ...
    @classmethod
    def start_new(
        cls, timeout: float | Timeout | None = None, exception: Any = None, ref: bool = True,
        _one_shot: bool = False) -> Timeout:
        """A running Timeout; one that is given is started if it is not running."""
    @property
    def pending(self) -> bool: ...
    def cancel(self) -> None: ...
    def close(self) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None,
        traceback: TracebackType | None) -> bool | None: ...

def with_timeout(
    seconds: float, function: Callable[..., _T], *args: Any, timeout_value: Any = ..., **kwargs: Any) -> _T:
    """function(*args, **kwargs), or timeout_value (else a Timeout is raised) if it takes longer."""
