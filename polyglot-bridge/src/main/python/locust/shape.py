"""Load shapes: how many users there should be over time (python-api.md A9)."""
import time


class _ShapeMeta(type):
    def __new__(mcs, classname, bases, class_dict):
        class_dict.setdefault("abstract", False)
        return type.__new__(mcs, classname, bases, class_dict)


class LoadTestShape(metaclass=_ShapeMeta):
    """Subclasses define tick(), asked about once a second."""

    runner = None
    use_common_options = False
    abstract = True

    def __init__(self):
        self.start_time = time.perf_counter()

    def reset_time(self):
        """Starts the clock anew."""
        self.start_time = time.perf_counter()

    def get_run_time(self):
        """Seconds since the start of the run."""
        return time.perf_counter() - self.start_time

    def get_current_user_count(self):
        return self.runner.user_count if self.runner is not None else 0

    def tick(self):
        """(users, spawn rate), (users, spawn rate, [user classes]), or None when the test is over."""
        return None


def __getattr__(name):
    from ._other_names import of_module
    return of_module(__name__, name)
