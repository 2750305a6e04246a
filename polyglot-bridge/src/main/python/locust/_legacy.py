"""The API of Locust 0.x (python-api.md A1): files that import HttpLocust, Locust, TaskSequence or seq_task are written
for it and get it whole, its events included. Files for 1.x and later do not see these names, as in real Locust."""
from .event import EventHook
from .user.users import HttpUser, User, UserMeta
from .user.sequential_taskset import SequentialTaskSet

_state = {"on": False}


class LegacyHook(EventHook):
    """Handlers are added with += and get only the arguments they name, as they used to."""

    def __iadd__(self, handler):
        self.add_listener(handler)
        return self

    def __isub__(self, handler):
        self.remove_listener(handler)
        return self

    def add_listener(self, handler):
        super().add_listener(_lenient(handler))
        return handler

    def remove_listener(self, handler):
        for known in self._handlers:
            if known == handler or getattr(known, "listener", None) == handler:
                super().remove_listener(known)
                return
        raise ValueError(f"{handler} does not listen to this event")


def _lenient(handler):
    """A caller that drops the keyword arguments a handler does not name."""
    code = getattr(getattr(handler, "__func__", handler), "__code__", None)
    if code is None or code.co_flags & 0x08:
        return handler
    names = code.co_varnames[:code.co_argcount + code.co_kwonlyargcount]

    def call(**kwargs):
        return handler(**{key: value for key, value in kwargs.items() if key in names})

    call.listener = handler
    return call


class _RequestOutcome(LegacyHook):
    """request_success or request_failure: firing it is firing today's request event."""

    def __init__(self, request):
        super().__init__()
        self._request = request

    def fire(self, *, reverse=False, **kwargs):
        kwargs.setdefault("exception", None)
        kwargs.setdefault("response_length", 0)
        self._request.fire(**kwargs)

    def tell(self, **kwargs):
        EventHook.fire(self, **kwargs)


def turn_on():
    """From now on the names of 0.x exist."""
    if _state["on"]:
        return
    _state["on"] = True
    from . import events
    _set_up_task_sets()
    from ._python2 import add_old_builtins
    add_old_builtins()
    success, failure = _RequestOutcome(events.request), _RequestOutcome(events.request)

    def outcome(exception=None, **kwargs):
        if exception:
            failure.tell(exception=exception, **kwargs)
        else:
            success.tell(**kwargs)

    class _Add:
        """Listens to the request event only once somebody listens to the outcome."""

        def __init__(self):
            self.added = False

        def __call__(self):
            if not self.added:
                self.added = True
                events.request.add_listener(outcome)

    listen = _Add()
    for hook in (success, failure):
        original = hook.add_listener
        hook.add_listener = lambda handler, original=original: (listen(), original(handler))[1]
    events.request_success, events.request_failure = success, failure
    for old, new in (("hatch_complete", "spawning_complete"), ("locust_start_hatching", "test_start"),
                     ("locust_stop_hatching", "test_stop"), ("locust_error", "user_error"),
                     ("master_start_hatching", "test_start"), ("master_stop_hatching", "test_stop"),
                     ("slave_report", "worker_report")):
        hook = LegacyHook()
        setattr(events, old, hook)
        getattr(events, new).add_listener(_renaming(hook))
    for name in ("quitting", "report_to_master"):
        hook = LegacyHook()
        today = getattr(events, name)
        hook._handlers = today._handlers
        setattr(events, name, hook)


def _renaming(hook):
    def tell(**kwargs):
        if "user_instance" in kwargs:
            kwargs["locust_instance"] = kwargs["user_instance"]
        hook.fire(**kwargs)
    return tell


_set_up = {"lock": None, "classes": set()}


def _set_up_once(instance):
    """Calls `setup` of a class when its first instance is made, and `teardown` of that instance when the run quits."""
    cls = type(instance)
    if not hasattr(cls, "setup") and not hasattr(cls, "teardown"):
        return
    with _set_up["lock"]:
        if cls in _set_up["classes"]:
            return
        _set_up["classes"].add(cls)
        if hasattr(cls, "teardown"):
            from . import events
            events.quitting.add_listener(instance.teardown)
        if hasattr(cls, "setup"):
            instance.setup()


def _set_up_task_sets():
    """Task sets of users of 0.x have `setup` and `teardown` too; those of other users may use the names for anything."""
    import threading

    from .user.task import TaskSet
    _set_up["lock"] = threading.RLock()
    original = TaskSet.__init__

    def initialize(self, parent):
        original(self, parent)
        if isinstance(type(self._user), LegacyMeta):
            _set_up_once(self)

    TaskSet.__init__ = initialize


class LegacyMeta(UserMeta):
    """Turns `task_set` into today's `tasks`, and calls `setup` when the first user is made."""

    def __call__(cls, *args, **kwargs):
        user = super().__call__(*args, **kwargs)
        _set_up_once(user)
        return user

    def __new__(mcs, classname, bases, class_dict):
        task_set = class_dict.get("task_set")
        made = super().__new__(mcs, classname, bases, class_dict)
        if task_set is not None:
            # One task set a class, not those of the bases as well.
            made.tasks = [task_set]
        return made


class Locust(User, metaclass=LegacyMeta):
    """The base of users in 0.x."""

    abstract = True
    wait_time = None
    min_wait = 1000
    max_wait = 1000
    task_set = None


class HttpLocust(HttpUser, metaclass=LegacyMeta):
    """An HTTP user in 0.x."""

    abstract = True
    wait_time = None
    min_wait = 1000
    max_wait = 1000
    task_set = None


def fast_http_locust():
    """FastHttpLocust, made when it is asked for: few files need the fast client."""
    from .contrib.fasthttp import FastHttpUser

    class FastHttpLocust(FastHttpUser, metaclass=LegacyMeta):
        """A user of the fast HTTP client in 0.x."""

        abstract = True
        wait_time = None
        min_wait = 1000
        max_wait = 1000
        task_set = None

    turn_on()
    return FastHttpLocust


class TaskSequence(SequentialTaskSet):
    """Tasks in the order of their @seq_task numbers."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.tasks = sorted(self.tasks, key=lambda one: getattr(one, "locust_task_order", 1))


def seq_task(order):
    """Gives a task of a TaskSequence its place."""

    def mark(function):
        function.locust_task_order = order
        if not hasattr(function, "locust_task_weight"):
            function.locust_task_weight = 1
        return function

    return mark


_NAMES = {"Locust": Locust, "HttpLocust": HttpLocust, "TaskSequence": TaskSequence, "seq_task": seq_task}
_EXCEPTIONS = ("InterruptTaskSet", "ResponseError", "RescheduleTask", "RescheduleTaskImmediately")


def name(wanted):
    """A name of the package `locust` that only 0.x has."""
    if wanted in _EXCEPTIONS:
        from . import exception
        return getattr(exception, wanted)
    if wanted not in _NAMES:
        raise AttributeError(f"module 'locust' has no attribute '{wanted}'")
    turn_on()
    return _NAMES[wanted]


def runners_name(wanted):
    from . import _runtime
    if wanted == "locust_runner" and _runtime.environment() is not None:
        return _runtime.environment().runner
    if wanted == "locust_runner":
        return None
    if wanted == "global_stats":
        return stats_name(wanted)
    raise AttributeError(f"module 'locust.runners' has no attribute '{wanted}'")


def stats_name(wanted):
    if wanted == "global_stats":
        from . import _runtime
        return _runtime.environment().stats
    raise AttributeError(f"module 'locust.stats' has no attribute '{wanted}'")
