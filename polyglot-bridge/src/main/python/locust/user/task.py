"""Tasks and task sets: what a user does, picked by weight (python-api.md A3)."""
import random
import time

import _katydid
import _katydid_log as _log
from greenlet import GreenletExit

from ..exception import (
    InterruptTaskSet, MissingWaitTimeError, RescheduleTask, RescheduleTaskImmediately, StopTest, StopUser)

LOCUST_STATE_RUNNING, LOCUST_STATE_WAITING, LOCUST_STATE_STOPPING = ["running", "waiting", "stopping"]

_LOGGER = "locust.user.task"
KILL_ARRIVES_WITHIN = 60.0


def task(weight=1):
    """Marks a method or a nested TaskSet class as a task; weight n makes it n times as frequent."""

    def mark(function):
        name = getattr(function, "__name__", None)
        if name in ("on_stop", "on_start"):
            _log.log(_log.WARNING, "root",
                     "You have tagged your on_stop/start function with @task. This will make the method get called "
                     "both as a task AND on stop/start.")
        if name == "run":
            raise Exception(
                "User.run() is a method used internally by Locust, and you must not override it or register it as a task")
        function.locust_task_weight = weight
        return function

    if callable(weight):
        function, weight = weight, 1
        return mark(function)
    return mark


def tag(*tags):
    """Gives a task names that --tags and --exclude-tags select by; on a TaskSet it applies to all its tasks."""

    def mark(target):
        if hasattr(target, "tasks"):
            target.tasks = [mark(one) for one in target.tasks]
            return target
        if "locust_tag_set" not in target.__dict__:
            target.locust_tag_set = set(tags)
        else:
            target.locust_tag_set |= set(tags)
        return target

    if not tags or callable(tags[0]):
        raise ValueError("No tag name was supplied")
    return mark


def get_tasks_from_base_classes(bases, class_dict):
    """The tasks of a class: those of its bases, its own `tasks`, and every marked member, each as often as it weighs."""
    found = []
    for base in bases:
        found.extend(getattr(base, "tasks", None) or ())
    own = class_dict.get("tasks")
    if own is not None:
        for one in (own.items() if isinstance(own, dict) else own):
            if isinstance(one, tuple):
                found.extend([one[0]] * one[1])
            else:
                found.append(one)
    for member in class_dict.values():
        if "locust_task_weight" in dir(member):
            found.extend([member] * member.locust_task_weight)
    return found


def as_task_failure(error):
    """What a task has raised as the exception to report; raises what is not for a task set to handle."""
    if isinstance(error, Exception):
        return error
    from _katydid_java import as_python, is_java
    if not is_java(error):
        raise error
    return as_python(error)


def is_markov_taskset(task):
    """Whether a task is a MarkovTaskSet class."""
    from .markov_taskset import MarkovTaskSet
    return isinstance(task, type) and issubclass(task, MarkovTaskSet)


def _warn(message):
    _log.log(_log.WARNING, "root", message)


def filter_tasks_by_tags(task_holder, tags=None, exclude_tags=None, checked=None, warn=_warn):
    """Keeps of a class's tasks those that have one of the tags and none of the excluded ones."""
    if checked is None:
        checked = {}
    kept = []
    for one in task_holder.tasks:
        if one in checked:
            if checked[one]:
                kept.append(one)
            continue
        passing = True
        if hasattr(one, "tasks"):
            filter_tasks_by_tags(one, tags, exclude_tags, checked, warn)
            passing = len(one.tasks) > 0 or is_markov_taskset(one)
        else:
            names = getattr(one, "locust_tag_set", set())
            if tags is not None:
                passing = bool(names & set(tags))
            if exclude_tags is not None:
                passing = passing and not names & set(exclude_tags)
        if passing:
            kept.append(one)
        checked[one] = passing
    task_holder.tasks = kept
    if not kept and not is_markov_taskset(task_holder) and not getattr(task_holder, "functions", None):
        warn(f"{task_holder.__name__} had no tasks left after filtering, instantiating it will fail!")


class TaskSetMeta(type):
    def __new__(mcs, classname, bases, class_dict):
        class_dict["tasks"] = get_tasks_from_base_classes(bases, class_dict)
        return type.__new__(mcs, classname, bases, class_dict)


class TaskSet(metaclass=TaskSetMeta):
    """A set of tasks that a user runs until it is interrupted; may contain others."""

    tasks = []
    min_wait = None
    max_wait = None
    wait_function = None

    def __init__(self, parent):
        self._task_queue = []
        self._parent = parent
        self._user = parent.user if isinstance(parent, TaskSet) else parent
        user = self._user
        # Waits that the set does not define are those of the user.
        if not self.min_wait:
            self.min_wait = user.min_wait
        if not self.max_wait:
            self.max_wait = user.max_wait
        if not self.wait_function:
            self.wait_function = user.wait_function
        self._cp_last_run = time.monotonic()

    @property
    def user(self):
        """The user that runs this set."""
        return self._user

    @property
    def locust(self):
        """The user, under its name of 0.x."""
        return self._user

    @property
    def parent(self):
        """The user or the task set that this one is nested in."""
        return self._parent

    @property
    def client(self):
        """The user's client."""
        return self._user.client

    def on_start(self):
        """Called when the user enters this set."""

    def on_stop(self):
        """Called when the user leaves this set."""

    def run(self):
        user = self._user
        queue = self._task_queue
        try:
            self.on_start()
        except InterruptTaskSet as interrupt:
            if interrupt.reschedule:
                raise RescheduleTaskImmediately(interrupt.reschedule) from interrupt
            raise RescheduleTask(interrupt.reschedule) from interrupt
        while True:
            try:
                if not queue:
                    queue.append(self.get_next_task())
                try:
                    if user._state == LOCUST_STATE_STOPPING:
                        raise StopUser()
                    self.execute_next_task()
                except RescheduleTaskImmediately:
                    # No wait, but other users get their turn: a set whose tasks only interrupt would block them all.
                    if _katydid.sleep(0):
                        raise _katydid.death()
                except RescheduleTask:
                    self.wait()
                else:
                    self.wait()
            except InterruptTaskSet as interrupt:
                self._leave()
                if interrupt.reschedule:
                    raise RescheduleTaskImmediately(interrupt.reschedule) from interrupt
                raise RescheduleTask(interrupt.reschedule) from interrupt
            except (StopUser, StopTest, GreenletExit):
                _katydid.leave()
                self._leave()
                raise
            except Exception as error:
                self._failed(error)
                continue
            except BaseException as error:
                failure = error
            else:
                continue
            # Outside of the handler: an exception raised there would be chained to one without traceback.
            self._failed(as_task_failure(failure))

    def _failed(self, error):
        self._report_failure(error)
        self.wait()

    def _report_failure(self, error):
        """A task has raised something."""
        environment = self._user.environment
        environment.events.user_error.fire(user_instance=self, exception=error, tb=error.__traceback__)
        if not environment.catch_exceptions:
            raise error
        _log.log(_log.ERROR, _LOGGER, f"{error}\n{_log.traceback_text(error)}")

    def _leave(self):
        try:
            self.on_stop()
        except (StopUser, StopTest, GreenletExit):
            raise
        except Exception:
            _log.log(_log.ERROR, "root", "Uncaught exception in on_stop: \n" + _log.traceback_text())

    def execute_next_task(self):
        self.execute_task(self._task_queue.pop(0))

    def execute_task(self, task):
        """A bound method is called, a nested set is run, a function is called with this set."""
        if getattr(task, "__self__", None) == self:
            task()
        elif hasattr(task, "tasks") and issubclass(task, TaskSet):
            task(self).run()
        else:
            task(self)

    def schedule_task(self, task_callable, first=False):
        """Puts a task into the queue, at its front if `first`."""
        if first:
            self._task_queue.insert(0, task_callable)
        else:
            self._task_queue.append(task_callable)

    def get_next_task(self):
        if not self.tasks:
            if getattr(self, "task", None):
                what = (", but you have set a 'task' attribute - maybe you meant to set 'tasks'? use the @task decorator "
                        "or set the 'tasks' attribute of the TaskSet")
            else:
                what = ". use the @task decorator or set the 'tasks' attribute of the TaskSet"
            raise Exception(f"No tasks defined on {type(self).__name__}{what}")
        return random.choice(self.tasks)

    def wait_time(self):
        """Seconds to wait before the next task."""
        user = self._user
        if user.wait_time:
            return user.wait_time()
        if self.wait_function:
            return self.wait_function() / 1000.0
        if self.min_wait is not None and self.max_wait is not None:
            return random.randint(int(self.min_wait), int(self.max_wait)) / 1000.0
        raise MissingWaitTimeError(
            f"You must define a wait_time method on either the {type(user).__name__} or {type(self).__name__} class")

    def wait(self):
        """Waits as wait_time says; a graceful stop ends the user here."""
        user = self._user
        if user._state == LOCUST_STATE_STOPPING:
            raise StopUser()
        user._state = LOCUST_STATE_WAITING
        self._sleep(self.wait_time())
        if user._state != LOCUST_STATE_WAITING:
            # Told to stop just when the wait was over: the kill is on its way and must not hit on_stop.
            self._sleep(KILL_ARRIVES_WITHIN)
            raise _katydid.death()
        user._state = LOCUST_STATE_RUNNING

    def _sleep(self, seconds):
        if _katydid.sleep(seconds):
            raise _katydid.death()

    def interrupt(self, reschedule=True):
        """Leaves this set; the parent's next task comes at once, or after its wait if not `reschedule`."""
        raise InterruptTaskSet(reschedule)


class DefaultTaskSet(TaskSet):
    """Runs the tasks that stand on a User itself; they get the user as argument."""

    def get_next_task(self):
        tasks = self._user.tasks
        if not tasks:
            hint = ""
            if getattr(self._user, "task", None):
                hint = ", but you have set a 'task' attribute on your class - maybe you meant to set 'tasks'?"
            raise Exception(f"No tasks defined on {type(self._user).__name__}{hint or '.'} Use the @task decorator or "
                            "set the 'tasks' attribute of the User (or mark it as abstract = True if you only intend "
                            "to subclass it)")
        return random.choice(tasks)

    def execute_task(self, task):
        if hasattr(task, "tasks") and issubclass(task, TaskSet):
            task(self._user).run()
        else:
            task(self._user)
