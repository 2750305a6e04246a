"""What a user does, one task at a time, for those whose classes leave the loop to us.

`User.run` and `TaskSet.run` call each other as deep as task sets are nested, and wait there: each waiting user then keeps
a stack of interpreter frames, 40 kB in all. Here the task sets a user is in are a list, and between two tasks nothing of
Python is left on the user's thread: Java waits. What a user sees is the same, in the same order (python-api.md A3).
"""
import random
from types import FunctionType

import _katydid
from greenlet import GreenletExit

from ..exception import (
    InterruptTaskSet, RescheduleTask, RescheduleTaskImmediately, StopTest, StopUser)
from .task import (
    LOCUST_STATE_RUNNING, LOCUST_STATE_STOPPING, LOCUST_STATE_WAITING, DefaultTaskSet, TaskSet, KILL_ARRIVES_WITHIN,
    as_task_failure)
from .users import User

_ENDINGS = (StopUser, StopTest, GreenletExit)
_RUNS = {name: getattr(TaskSet, name) for name in ("run", "wait", "_sleep", "_failed", "_leave", "execute_next_task")}
_EXECUTIONS = (TaskSet.execute_task, DefaultTaskSet.execute_task)
_PICKS = (DefaultTaskSet.get_next_task, TaskSet.get_next_task)
_USER_RUN = User.run
_random_bits = random.getrandbits


def leaves_the_loop_to_us(task_set):
    """Whether a class of task sets does nothing of the loop in its own way."""
    for name, ours in _RUNS.items():
        if getattr(task_set, name) is not ours:
            return False
    return task_set.execute_task in _EXECUTIONS


class Turns:
    """The turns of one user. Used by the user's thread only."""

    def __init__(self, user, over):
        """`over(error)` is called when the user has ended, with what ended it."""
        self.user = user
        self._over = over
        self._sets = []
        self._after_failure = False

    @staticmethod
    def possible(user):
        """Whether the user's class leaves the loop to us."""
        return type(user).run is _USER_RUN and leaves_the_loop_to_us(DefaultTaskSet)

    def _begin(self):
        user = self.user
        user._state = LOCUST_STATE_RUNNING
        user._taskset_instance = DefaultTaskSet(user)
        user._begin()
        self._sets.append(user._taskset_instance)

    def until_wait(self, killed):
        """Goes on from the last wait, in which the user may have been killed, to the next one: its seconds, or -1.0 when
        the user has ended.

        All of a turn is in this one function, and Java calls it: each call more between Java and the task is 20 frames of
        the interpreter, which every user keeps in memory while it waits for a reply."""
        try:
            user, sets = self.user, self._sets
            raised = None
            if not sets:
                self._begin()
            elif killed or self._after_failure or user._state != LOCUST_STATE_WAITING:
                raised = self._awake(killed)
            else:
                user._state = LOCUST_STATE_RUNNING
            while True:
                current = sets[-1]
                direct = type(current) is DefaultTaskSet
                failure = None
                try:
                    if raised is None:
                        queue = current._task_queue
                        if queue:
                            task = queue.pop(0)
                        elif type(current).get_next_task in _PICKS:
                            # As random.choice() of the tasks, without its two calls.
                            tasks = user.tasks if direct else current.tasks
                            count = len(tasks)
                            if count > 1:
                                bits = count.bit_length()
                                number = _random_bits(bits)
                                while number >= count:
                                    number = _random_bits(bits)
                                task = tasks[number]
                            else:
                                task = tasks[0] if count else current.get_next_task()
                        else:
                            task = current.get_next_task()
                    try:
                        if raised is not None:
                            raise raised
                        if user._state == LOCUST_STATE_STOPPING:
                            raise StopUser()
                        if type(task) is FunctionType:
                            task(user if direct else current)
                        elif isinstance(task, type) and self._enter(current, task):
                            continue
                        else:
                            current.execute_task(task)
                    except RescheduleTaskImmediately:
                        raised = None
                        # No wait, but other users get their turn: a set whose tasks only interrupt would block them all.
                        if _katydid.sleep(0):
                            raise _katydid.death()
                        continue
                    except RescheduleTask:
                        pass
                    if user._state == LOCUST_STATE_STOPPING:
                        raise StopUser()
                    user._state = LOCUST_STATE_WAITING
                    seconds = user.wait_time() if direct and user.wait_time else current.wait_time()
                    if type(seconds) is not float:
                        seconds = _as_seconds(seconds)
                except Exception as error:
                    seconds = self._after(current, error)
                except BaseException as error:
                    failure = error
                if failure is not None:
                    # Outside of the handler: what is raised there would be chained to a Java exception without traceback.
                    seconds = self._after(current, failure)
                if type(seconds) is float:
                    return seconds if seconds > 0 else 0.0
                raised = self._out_of_set(seconds)
        except BaseException as error:
            self._over(error)
            return -1.0

    def _enter(self, current, task):
        """Enters a nested task set; False if it has a loop of its own."""
        if not issubclass(task, TaskSet) or not leaves_the_loop_to_us(task):
            return False
        nested = task(self.user if type(current) is DefaultTaskSet else current)
        try:
            nested.on_start()
        except InterruptTaskSet as interrupt:
            raise _reschedule(interrupt) from interrupt
        self._sets.append(nested)
        return True

    def _wait_of(self, current):
        """Says that the user waits, and how many seconds. A graceful stop ends the user here."""
        user = self.user
        if user._state == LOCUST_STATE_STOPPING:
            raise StopUser()
        user._state = LOCUST_STATE_WAITING
        seconds = current.wait_time()
        return seconds if type(seconds) is float else _as_seconds(seconds)

    def _awake(self, killed):
        """After a wait: None, or what the task set the user waited in must raise."""
        failed, self._after_failure = self._after_failure, False
        user = self.user
        if not killed:
            if user._state == LOCUST_STATE_WAITING:
                user._state = LOCUST_STATE_RUNNING
                return None
            # Told to stop just when the wait was over: the kill is on its way and must not hit on_stop.
            _katydid.sleep(KILL_ARRIVES_WITHIN)
        death = _katydid.death()
        # The wait after a failed task stands outside of what leads to the set's on_stop.
        return self._out_of_set(death) if failed else death

    def _after(self, current, problem):
        """The seconds to wait after a task has raised something, or what the set itself raises."""
        try:
            if isinstance(problem, InterruptTaskSet):
                current._leave()
                reschedule = _reschedule(problem)
                reschedule.__cause__ = problem
                return reschedule
            if isinstance(problem, _ENDINGS):
                _katydid.leave()
                current._leave()
                return problem
            current._report_failure(as_task_failure(problem))
            self._after_failure = True
            return self._wait_of(current)
        except BaseException as worse:
            self._after_failure = False
            return worse

    def _out_of_set(self, raised):
        """Leaves the innermost set with an exception, which the one around it gets; the outermost raises it."""
        self._sets.pop()
        if not self._sets:
            raise raised
        return raised


def _reschedule(interrupt):
    return (RescheduleTaskImmediately if interrupt.reschedule else RescheduleTask)(interrupt.reschedule)


def _as_seconds(value):
    if isinstance(value, (int, float)) or hasattr(value, "__float__"):
        return float(value)
    raise TypeError(f"a wait time must be a number of seconds, not {type(value).__name__}")
