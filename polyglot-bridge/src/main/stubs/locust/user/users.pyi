# Written by 'katydid stubs', which overwrites it.
from collections.abc import Mapping
from typing import Any, Callable

from ..clients import HttpSession, RestResponseContextManager
from ..env import Environment

class UserMeta(type): ...

class User(metaclass=UserMeta):
    """Base of all users. Each instance runs its tasks on a thread of its own until it is stopped."""

    host: str | Any
    """Where the system under test is, such as `http://127.0.0.1:8080`; -H wins over it."""
    min_wait: float | None
    """Milliseconds; only for files of Locust 0.x. Use wait_time."""
    max_wait: float | None
    """Milliseconds; only for files of Locust 0.x. Use wait_time."""
    wait_time: Callable[..., float]
    """Seconds to wait between tasks: `between(1, 5)`, or a method that returns them."""
    wait_function: Callable[..., float] | None
    tasks: Any
    """Functions and TaskSet classes, as a list, as pairs with weights, or as {task: weight}."""
    weight: float
    """How many of the users are of this class, in relation to the others."""
    fixed_count: int
    """Exactly so many users of this class, spawned first; weight does not matter then."""
    abstract: bool
    """True in the body of a class that is only a base of others."""
    environment: Environment

    def __init__(self, environment: Environment) -> None: ...
    def on_start(self) -> None:
        """Called once before the first task."""
    def on_stop(self) -> None:
        """Called once when the user ends."""
    def run(self) -> None:
        """Runs the tasks. Not to be overridden."""
    def wait(self) -> None:
        """Waits as wait_time says."""
    def start(self, group: Any = None) -> Any:
        """Runs this user on a new thread; for users that a locustfile creates itself."""
    def stop(self, force: bool = False) -> bool:
        """Ends the user: a waiting one at once, one in a task after it unless `force`. True if it is ending now."""
    @property
    def group(self) -> Any: ...
    @property
    def greenlet(self) -> Any: ...
    def context(self) -> dict[str, Any]:
        """Merged into the context of every request event of this user."""
    @classmethod
    def json(cls) -> dict[str, Any]: ...
    @classmethod
    def fullname(cls) -> str:
        """Module and class name."""

class _RestBlock:
    def __enter__(self) -> RestResponseContextManager: ...
    def __exit__(self, kind: Any, error: Any, traceback: Any) -> bool | None: ...

class HttpUser(User):
    """A user whose `client` is an HTTP session with cookies and keep-alive of its own."""

    pool_manager: Any
    client: HttpSession
    """Sends requests to the host and reports them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def rest(self, method: str, url: str, headers: Mapping[str, str] | None = None, **kwargs: Any) -> _RestBlock:
        """A with-block around a JSON request: yields the response with `js`, the parsed JSON or None. What is raised
        in the block becomes the request's failure."""
    def rest_(self, method: str, url: str, name: str | None = None, **kwargs: Any) -> _RestBlock:
        """As rest(), with a parameter `_` that keeps caches away: the time in milliseconds."""

class PytestUser(User):
    """Runs test functions of pytest again and again, each with what its fixture yields for this user."""

    functions: list[Any]
    fixtures: list[Any]
