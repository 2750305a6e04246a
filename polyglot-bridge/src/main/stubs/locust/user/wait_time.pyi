# Written by 'katydid stubs', which overwrites it.
from typing import Any, Callable

def between(min_wait: float, max_wait: float) -> Callable[[Any], float]:
    """A random time between two numbers of seconds: `wait_time = between(1, 5)`."""

def constant(wait_time: float) -> Callable[[Any], float]:
    """Always the same number of seconds."""

def poisson(rate: float) -> Callable[[Any], float]:
    """Exponentially distributed waits, `rate` a second on average."""

def constant_pacing(wait_time: float) -> Callable[[Any], float]:
    """Waits so long that a task starts every `wait_time` seconds; a task that takes longer is not caught up."""

def constant_throughput(task_runs_per_second: float) -> Callable[[Any], float]:
    """So many tasks a second for each user."""
