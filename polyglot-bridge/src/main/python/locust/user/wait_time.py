"""How long a user waits between two tasks (python-api.md A4). Each function returns a method of User or TaskSet."""
import random
import time

_random = random.random
_now = time.monotonic


def between(min_wait, max_wait):
    """A random time between two numbers of seconds."""
    return lambda instance: min_wait + _random() * (max_wait - min_wait)


def constant(wait_time):
    """Always the same number of seconds."""
    return lambda instance: wait_time


def poisson(rate):
    """Exponentially distributed waits, `rate` a second on average."""
    if rate <= 0:
        raise ValueError(f"poisson() requires a positive rate, got: {rate}")
    return lambda instance: random.expovariate(rate)


def constant_pacing(wait_time):
    """Waits so long that a task starts every `wait_time` seconds; a task that takes longer is not caught up."""

    def pacing(self):
        now = _now()
        if not hasattr(self, "_cp_last_wait_time"):
            self._cp_last_wait_time = 0
            if not hasattr(self, "_cp_last_run"):
                self._cp_last_run = now
        run_time = now - self._cp_last_run - self._cp_last_wait_time
        self._cp_last_wait_time = max(0, wait_time - run_time)
        self._cp_last_run = now
        return self._cp_last_wait_time

    return pacing


def constant_throughput(task_runs_per_second):
    """So many tasks a second for each user."""
    if task_runs_per_second <= 0:
        raise ValueError(f"constant_throughput() requires a positive rate, got: {task_runs_per_second}")
    return constant_pacing(1 / task_runs_per_second)
