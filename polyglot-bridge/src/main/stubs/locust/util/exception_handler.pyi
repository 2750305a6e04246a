# Written by 'katydid stubs', which overwrites it.
from collections.abc import Iterable
from typing import Any, Callable, TypeVar

_F = TypeVar("_F", bound=Callable[..., Any])

def retry(
    delays: Iterable[float] = (1, 3, 5),
    exception: type[BaseException] | tuple[type[BaseException], ...] = ...) -> Callable[[_F], _F]:
    """A decorator: after this exception the call is repeated, once after each of the delays (seconds)."""
