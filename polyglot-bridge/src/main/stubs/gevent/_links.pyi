# Written by 'katydid stubs', which overwrites it.
from collections.abc import Iterable, Iterator
from typing import Any, Callable, TypeVar, overload

_T = TypeVar("_T")

class Linked:
    """Something that becomes ready once and then calls its links."""

    def ready(self) -> bool: ...
    def rawlink(self, callback: Callable[[Any], object]) -> None:
        """callback(self) when ready; at once if it is already."""
    def unlink(self, callback: Callable[[Any], object]) -> None: ...

def iwait(objects: Iterable[_T], timeout: float | None = None, count: int | None = None) -> Iterator[_T]:
    """Yields the objects in the order in which they become ready, until the time is up or `count` are."""

@overload
def wait(objects: None = None, timeout: float | None = None, count: int | None = None) -> bool:
    """Waits for all other greenlets; True if all ended."""

@overload
def wait(objects: Iterable[_T], timeout: float | None = None, count: int | None = None) -> list[_T]:
    """The objects that became ready in time."""
