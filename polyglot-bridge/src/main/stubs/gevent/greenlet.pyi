# Written by 'katydid stubs', which overwrites it.
from collections.abc import Iterable
from typing import Any, Callable, TypeVar

from greenlet import GreenletExit as GreenletExit, greenlet as greenlet
from typing_extensions import Self

from ._links import Linked

_G = TypeVar("_G")
_End = BaseException | type[BaseException]

class Greenlet(Linked, greenlet):
    """A function on a thread of its own, with a result. It starts running when the thread that started it waits."""

    value: Any
    """What the function has returned."""
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    minimal_ident: int
    name: str

    def __init__(self, run: Callable[..., Any] | None = None, *args: Any, **kwargs: Any) -> None: ...
    @classmethod
    def spawn(cls, *args: Any, **kwargs: Any) -> Self:
        """Makes one and starts it."""
    @classmethod
    def spawn_later(cls, seconds: float, *args: Any, **kwargs: Any) -> Self: ...
    def start(self) -> None: ...
    def start_later(self, seconds: float) -> None: ...
    @property
    def dead(self) -> bool: ...
    @property
    def started(self) -> bool: ...
    def __bool__(self) -> bool:
        """True while it runs."""
    def successful(self) -> bool:
        """Whether it has ended without an exception."""
    @property
    def loop(self) -> Any: ...
    @property
    def exception(self) -> BaseException | None: ...
    @property
    def exc_info(self) -> tuple[Any, ...]: ...
    @property
    def gr_frame(self) -> None: ...
    def run(self) -> None: ...
    def join(self, timeout: float | None = None) -> None:
        """Waits until it has ended."""
    def get(self, block: bool = True, timeout: float | None = None) -> Any:
        """Waits for the result; raises what the function has raised, or Timeout."""
    def link(self, callback: Callable[[Any], object], SpawnedLink: Any = None) -> None:
        """callback(self) at its end."""
    def link_value(self, callback: Callable[[Any], object], SpawnedLink: Any = None) -> None:
        """callback(self) at its end, if it was successful."""
    def link_exception(self, callback: Callable[[Any], object], SpawnedLink: Any = None) -> None:
        """callback(self) at its end, if it has failed."""
    def unlink_all(self) -> None: ...
    def kill(self, exception: _End = ..., block: bool = True, timeout: float | None = None) -> None:
        """Raises GreenletExit, or another exception, inside it and waits for its end."""
    def throw(self, typ: _End = ..., val: Any = None, tb: Any = None) -> None: ...  # pyright: ignore

def getcurrent() -> Any:
    """The greenlet that calls this; the same object every time."""

def joinall(
    greenlets: Iterable[_G], timeout: float | None = None, raise_error: bool = False,
    count: int | None = None) -> list[_G]:
    """Waits until all (or `count`) have ended; the ones that have."""

def killall(
    greenlets: Iterable[Any], exception: _End = ..., block: bool = True, timeout: float | None = None) -> None:
    """Kills all and waits for them; Timeout if that takes longer than given."""

def kill(target: Any, exception: _End = ...) -> None:
    """Kills a greenlet without waiting for it."""
