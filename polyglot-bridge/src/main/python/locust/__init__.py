"""The package locustfiles import: Locust's API on Katydid (python-api.md A1)."""
from .event import Events as _Events

__version__ = "2.47.0"
version_tuple = (2, 47, 0)

events = _Events()

from .shape import LoadTestShape  # noqa: E402
from .user.sequential_taskset import SequentialTaskSet  # noqa: E402
from .user.task import TaskSet, tag, task  # noqa: E402
from .user.users import HttpUser, User  # noqa: E402
from .user.wait_time import between, constant, constant_pacing, constant_throughput, poisson  # noqa: E402

__all__ = [
    "FastHttpUser", "HttpLocust", "HttpUser", "LoadTestShape", "Locust", "MarkovTaskSet", "SequentialTaskSet", "TaskSet",
    "User", "__version__", "between", "constant", "constant_pacing", "constant_throughput", "events", "poisson",
    "run_single_user", "tag", "task", "transition", "transitions", "wait_time"]

# What few files use is imported when it is asked for: every module costs start-up time.
_LATER = {
    "FastHttpUser": "locust.contrib.fasthttp",
    "MarkovTaskSet": "locust.user.markov_taskset",
    "transition": "locust.user.markov_taskset",
    "transitions": "locust.user.markov_taskset",
    "run_single_user": "locust.debug",
}
_MODULES = ("wait_time", "runners", "stats", "env", "exception", "web", "log", "debug", "clients", "argument_parser",
            "main", "core", "html", "dispatch", "util", "contrib", "user", "shape", "event", "rpc")


def __getattr__(name):
    from importlib import import_module
    if name.startswith("_"):
        raise AttributeError(f"module 'locust' has no attribute '{name}'")
    if name in _LATER:
        value = getattr(import_module(_LATER[name]), name)
    elif name in _MODULES:
        value = import_module("locust." + name)
    else:
        value = import_module("locust._legacy").name(name)
    globals()[name] = value
    return value
