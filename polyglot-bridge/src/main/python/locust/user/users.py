"""Users: what a locustfile defines and the run creates many of (python-api.md A2)."""
import time

import _katydid
import _katydid_log as _log
from greenlet import GreenletExit

from ..exception import StopTest, StopUser
from ..clients_rest import RestMixin
from .task import (
    LOCUST_STATE_RUNNING, LOCUST_STATE_STOPPING, LOCUST_STATE_WAITING, DefaultTaskSet, get_tasks_from_base_classes)
from .wait_time import constant

_LOGGER = "locust.user.users"


class UserMeta(type):
    """Collects the tasks of a class and makes it concrete unless its own body says otherwise."""

    def __new__(mcs, classname, bases, class_dict):
        class_dict["tasks"] = get_tasks_from_base_classes(bases, class_dict)
        class_dict.setdefault("abstract", False)
        return type.__new__(mcs, classname, bases, class_dict)


class _MissingEnvironment:
    """Stands at the class until __init__ has set the attribute. A __getattr__ would do too, but makes GraalPy look up
    every attribute of a user the slow way."""

    def __get__(self, user, owner):
        if user is None:
            raise AttributeError(f"type object '{owner.__name__}' has no attribute 'environment'")
        raise AssertionError(
            f"Attribute 'environment' is missing on user {owner.__name__}. Perhaps you defined your own "
            "__init__ and forgot to call the base constructor? (super().__init__(*args, **kwargs))")


class User(metaclass=UserMeta):
    """Base of all users. Each instance runs its tasks on a thread of its own until it is stopped."""

    host = None
    min_wait = None
    max_wait = None
    wait_time = constant(0)
    wait_function = None
    tasks = []
    weight = 1
    fixed_count = 0
    abstract = True
    environment = _MissingEnvironment()

    def __init__(self, environment):
        super().__init__()
        self.environment = environment
        self._state = None
        self._handle = None
        self._taskset_instance = None
        self._cp_last_run = time.monotonic()

    def on_start(self):
        """Called once before the first task."""

    def on_stop(self):
        """Called once when the user ends."""

    def run(self):
        self._state = LOCUST_STATE_RUNNING
        self._taskset_instance = DefaultTaskSet(self)
        try:
            self._begin()
            self._taskset_instance.run()
        except (StopUser, StopTest, GreenletExit):
            _katydid.leave()
            self.on_stop()

    def _begin(self):
        try:
            self.on_start()
        except (StopUser, StopTest, GreenletExit):
            raise
        except Exception as error:
            _log.log(_log.ERROR, _LOGGER, f"{error}\n{_log.traceback_text(error)}")
            self.environment.events.user_error.fire(user_instance=self, exception=error, tb=error.__traceback__)
            raise

    def wait(self):
        """Waits as wait_time says."""
        self._taskset_instance.wait()

    def start(self, group=None):
        """Runs this user on a new thread; for users that a locustfile creates itself."""
        import gevent
        if self._handle is not None:
            raise Exception("This user has been started already")
        self._handle = group.spawn(self.run) if group is not None else gevent.spawn(self.run)
        return self._handle

    def stop(self, force=False):
        """Ends the user: a waiting one at once, one in a task after it unless `force`. True if it is ending now."""
        if force or self._state == LOCUST_STATE_WAITING:
            if self._handle is not None:
                self._handle.kill(block=False)
            elif self._thread is not None:
                here = _katydid.current()
                if here is not None and here.ident() == self._thread.ident():
                    raise GreenletExit
                self._thread.kill()
            return True
        if self._state == LOCUST_STATE_RUNNING:
            self._state = LOCUST_STATE_STOPPING
            return False
        raise Exception(f"Tried to stop User in an unexpected state: {self._state}. This should never happen.")

    _thread = None

    _thread_greenlet = None

    @property
    def group(self):
        """The users' greenlets of the run, with this one's among them."""
        from .._runtime import user_greenlets
        return None if self._thread is None else user_greenlets()

    @property
    def greenlet(self):
        """The greenlet that runs this user; its `args` hold the user, as in Locust."""
        if self._handle is not None or self._thread is None:
            return self._handle
        if self._thread_greenlet is None:
            from gevent.greenlet import of_thread
            self._thread_greenlet = of_thread(self._thread)
            self._thread_greenlet.args = (self,)
        return self._thread_greenlet

    def context(self):
        """Merged into the context of every request event of this user."""
        return {}

    @classmethod
    def json(cls):
        return {
            "host": cls.host,
            "weight": cls.weight,
            "fixed_count": cls.fixed_count,
            "tasks": [one.__name__ for one in cls.tasks],
        }

    @classmethod
    def fullname(cls):
        """Module and class name."""
        return ".".join(filter(lambda part: part != "<locals>",
                               (cls.__module__ + "." + cls.__qualname__).split(".")))


class HttpUser(User, RestMixin):
    """A user whose `client` is an HTTP session with cookies and keep-alive of its own."""

    abstract = True
    pool_manager = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.host is None:
            raise StopTest(
                "You must specify the base host. Either in the host attribute in the User class, or on the command "
                "line using the --host option.")
        from ..clients import HttpSession
        self.client = HttpSession(
            base_url=self.host, request_event=self.environment.events.request, user=self,
            pool_manager=self.pool_manager)
        self.client.trust_env = False


class PytestUser(User):
    """Runs test functions of pytest again and again, each with what its fixture yields for this user; without a pause."""

    abstract = True
    functions = []
    fixtures = []

    def run(self):
        from requests.exceptions import RequestException

        from ..exception import CatchResponseError
        self._state = LOCUST_STATE_RUNNING
        self.fixtures = [_first(one.fixturedef, self) for one in self.functions]
        while True:
            for function, fixture in zip(self.functions, self.fixtures):
                if self._state == LOCUST_STATE_STOPPING:
                    return
                try:
                    function.obj(*fixture)
                except (RequestException, CatchResponseError, ConnectionError) as error:
                    # raise_for_status() and the like end a test function; mistakes in an address end the user.
                    if isinstance(error, RequestException) and isinstance(error, ValueError):
                        raise
                    _log.log(_log.DEBUG, _LOGGER, f"{error}\n{_log.traceback_text(error)}")


def _first(fixture, user):
    """The arguments of a test function: none, or what its fixture gives first."""
    if fixture is None:
        return ()
    import inspect
    made = fixture.func(user) if inspect.signature(fixture.func).parameters else fixture.func()
    return (next(made) if inspect.isgenerator(made) else made,)


def __getattr__(name):
    from .._other_names import of_module
    return of_module(__name__, name)
