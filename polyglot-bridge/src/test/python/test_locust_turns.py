"""Users whose waits leave nothing of Python behind behave as those that run as one call: all tests of task sets again,
and what happens to a user that is told to stop or killed while it waits."""
import time
import unittest

import _katydid
import test_locust_tasks as tasks
from greenlet import GreenletExit
from locust import SequentialTaskSet, TaskSet, User, constant, task
from locust.env import Environment
from locust.exception import StopTest, StopUser
from locust.user.turns import Turns


def run_in_turns(user_class, catch=True):
    user = user_class(Environment(user_classes=[user_class], catch_exceptions=catch))
    assert Turns.possible(user)
    ended = []
    turns = Turns(user, ended.append)
    while (seconds := turns.until_wait(False)) >= 0:
        time.sleep(seconds)
    if not isinstance(ended[0], (StopUser, StopTest, GreenletExit)):
        raise ended[0]
    user.on_stop()


class _InTurns:
    def setUp(self):
        self._as_one_call = tasks.run
        tasks.run = run_in_turns

    def tearDown(self):
        tasks.run = self._as_one_call


for _name, _case in list(vars(tasks).items()):
    if isinstance(_case, type) and issubclass(_case, unittest.TestCase):
        globals()[f"InTurns{_name}"] = type(f"InTurns{_name}", (_InTurns, _case), {"__module__": __name__})
del _case


def user_of(user_class):
    user = user_class(Environment(user_classes=[user_class]))
    ended = []
    return user, Turns(user, ended.append), ended


class WaitingTest(unittest.TestCase):
    def setUp(self):
        self.log = log = []

        class Inner(TaskSet):
            def on_start(self):
                log.append("enter")

            def on_stop(self):
                log.append("leave")

            @task
            def inner(self):
                log.append("task")
                if self.user.fails:
                    raise ValueError("wanted")

        class Waiting(User):
            wait_time = constant(7)
            tasks = [Inner]
            fails = False

        self.user, self.turns, self.ended = user_of(Waiting)

    def ends_by(self, kind, killed):
        self.assertEqual(-1.0, self.turns.until_wait(killed))
        self.assertIsInstance(self.ended[0], kind)

    def test_tells_how_long_to_wait_between_tasks_of_a_nested_set(self):
        self.assertEqual(7.0, self.turns.until_wait(False))
        self.assertEqual("waiting", self.user._state)
        self.assertEqual(7.0, self.turns.until_wait(False))
        self.assertEqual(["enter", "task", "task"], self.log)

    def test_a_kill_while_it_waits_leaves_all_sets(self):
        self.turns.until_wait(False)
        self.ends_by(GreenletExit, True)
        self.assertEqual(["enter", "task", "leave"], self.log)

    def test_a_kill_in_the_wait_after_a_failure_does_not_leave_the_set_that_failed(self):
        self.user.fails = True
        self.user.environment.catch_exceptions = True
        self.turns.until_wait(False)
        self.ends_by(GreenletExit, True)
        self.assertEqual(["enter", "task"], self.log)

    def test_told_to_stop_in_a_task_it_ends_after_it(self):
        self.turns.until_wait(False)
        log, user = self.log, self.user

        def last(taskset):
            log.append("last")
            user._state = "stopping"

        user._taskset_instance.tasks = [last]
        self.turns._sets[-1].schedule_task(last)
        self.ends_by(StopUser, False)
        self.assertEqual(["enter", "task", "last", "leave"], self.log)

    def test_a_failure_without_catching_ends_the_user(self):
        self.user.fails = True
        self.user.environment.catch_exceptions = False
        self.ends_by(ValueError, False)
        self.assertEqual("wanted", str(self.ended[0]))

    def test_a_listener_sees_the_exception_being_handled(self):
        import traceback
        seen = []
        self.user.fails = True
        self.user.environment.catch_exceptions = True
        self.user.environment.events.user_error.add_listener(
            lambda user_instance, exception, tb, **kwargs: seen.append(traceback.format_exc()))
        self.turns.until_wait(False)
        self.assertIn("ValueError: wanted", seen[0])


class WaitTimesTest(unittest.TestCase):
    def first_wait(self, value):
        class Waiting(User):
            wait_time = staticmethod(lambda: value)

            @task
            def nothing(self):
                pass

        user, turns, ended = user_of(Waiting)
        user.environment.catch_exceptions = True
        seconds = turns.until_wait(False)
        if seconds < 0:
            raise ended[0]
        return seconds

    def test_whole_numbers_and_numbers_of_other_types_are_seconds(self):
        from decimal import Decimal
        from fractions import Fraction
        for value, seconds in ((3, 3.0), (True, 1.0), (Decimal("0.5"), 0.5), (Fraction(1, 4), 0.25)):
            self.assertEqual(seconds, self.first_wait(value))

    def test_what_is_no_number_ends_the_user_as_an_error_of_it(self):
        for value in (None, "1"):
            with self.assertRaisesRegex(TypeError, "must be a number of seconds"):
                self.first_wait(value)


class OwnLoopsTest(unittest.TestCase):
    def test_a_set_with_a_run_of_its_own_runs_as_one_call(self):
        log = []

        class Own(SequentialTaskSet):
            def run(self):
                log.append("own run")
                self.interrupt(reschedule=False)

            @task
            def never(self):
                log.append("never")

        class Owner(User):
            wait_time = constant(5)
            tasks = [Own]

        _, turns, ended = user_of(Owner)
        self.assertEqual(-1.0, turns.until_wait(False))
        self.assertIsInstance(ended[0], Exception)
        self.assertEqual(["own run"], log)

    def test_a_user_with_a_run_of_its_own_does_not_take_part(self):
        class Own(User):
            tasks = []

            def run(self):
                pass

        self.assertFalse(Turns.possible(user_of(Own)[0]))


if __name__ == "__main__":
    unittest.main()
