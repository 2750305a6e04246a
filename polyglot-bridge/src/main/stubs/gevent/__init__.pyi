# Written by 'katydid stubs', which overwrites it.
from typing import Any, Callable, ParamSpec

from . import (
    coros as coros, event as event, exceptions as exceptions, greenlet as greenlet, hub as hub, local as local,
    lock as lock, monkey as monkey, os as os, pool as pool, queue as queue, select as select, selectors as selectors,
    signal as signal, socket as socket, ssl as ssl, subprocess as subprocess, thread as thread, threading as threading,
    threadpool as threadpool, time as time, timeout as timeout, util as util)
from ._links import iwait as iwait, wait as wait
from .greenlet import (
    Greenlet as Greenlet, GreenletExit as GreenletExit, getcurrent as getcurrent, joinall as joinall, kill as kill,
    killall as killall)
from .hub import Hub, config as config
from .timeout import Timeout as Timeout, with_timeout as with_timeout

_P = ParamSpec("_P")

__version__: str
version_info: tuple[int, int, int, str, int]

def spawn(run: Callable[_P, Any], /, *args: _P.args, **kwargs: _P.kwargs) -> Greenlet:
    """Runs a function beside the others; get() waits for its result."""

def spawn_later(seconds: float, run: Callable[_P, Any], /, *args: _P.args, **kwargs: _P.kwargs) -> Greenlet:
    """Runs a function beside the others after so many seconds."""

def spawn_raw(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Greenlet:
    """As spawn; a plain greenlet costs the same here."""

def sleep(seconds: float = 0, ref: bool = True) -> None:
    """Lets other greenlets run for that long; 0 = once."""

def idle(priority: int = 0) -> None:
    """Lets other greenlets run."""

def get_hub(*args: Any, **kwargs: Any) -> Hub: ...
def reinit(hub: Any = None) -> None:
    """Nothing to renew: there is no loop."""

def getswitchinterval() -> float: ...
def setswitchinterval(interval: float) -> None: ...
def fork() -> int:
    """Not possible; use subprocess to start another program."""

def signal_handler(signalnum: int, handler: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Without effect: signals belong to Katydid."""

__all__ = [
    "Greenlet", "GreenletExit", "Timeout", "config", "fork", "get_hub", "getcurrent", "getswitchinterval", "idle",
    "iwait", "joinall", "kill", "killall", "reinit", "setswitchinterval", "signal_handler", "sleep", "spawn",
    "spawn_later", "spawn_raw", "wait", "with_timeout"]
