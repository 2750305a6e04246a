# Written by 'katydid stubs', which overwrites it.
from typing import Any, Callable, NoReturn

__version__: str
GREENLET_USE_CONTEXT_VARS: bool
GREENLET_USE_GC: bool
GREENLET_USE_TRACING: bool

class GreenletExit(BaseException):
    """Ends a greenlet quietly."""

class error(Exception):
    """Something that greenlets cannot do."""

def getcurrent() -> Any:
    """The greenlet that calls this."""

class greenlet:
    """The base of gevent's greenlets. Made by hand it cannot run: Katydid runs greenlets as threads."""

    parent: Any
    def __init__(self, run: Callable[..., Any] | None = None, parent: Any = None) -> None: ...
    def switch(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Not possible. Use gevent.spawn() with gevent.event, gevent.queue or gevent.lock instead."""
    def throw(self, *args: Any) -> None: ...
