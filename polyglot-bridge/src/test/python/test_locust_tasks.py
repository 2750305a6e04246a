"""Task sets: order, interrupts, exceptions, waits (python-api.md A3). Passes on Locust itself too."""
import unittest

from locust import (
    MarkovTaskSet, SequentialTaskSet, TaskSet, User, constant, constant_pacing, constant_throughput, poisson, tag, task,
    transition, transitions)
from locust.env import Environment
from locust.exception import (
    LocustError, MissingWaitTimeError, RescheduleTask, RescheduleTaskImmediately, StopUser)
from locust.user import markov_taskset as markov
from locust.user.task import filter_tasks_by_tags


class Log(list):
    """What happened, in order; ends the user after enough of it."""

    def note(self, what, end=8):
        self.append(what)
        if len(self) >= end:
            raise StopUser()


def run(user_class, catch=True):
    user_class(Environment(user_classes=[user_class], catch_exceptions=catch)).run()


class WeightsTest(unittest.TestCase):
    def test_tasks_of_bases_come_first_then_the_list_then_members_by_weight(self):
        def extra(user):
            pass

        class Base(User):
            @task
            def a(self):
                pass

        class Child(Base):
            tasks = {extra: 2}

            @task(3)
            def b(self):
                pass

        self.assertEqual(["a", "extra", "extra", "b", "b", "b"], [one.__name__ for one in Child.tasks])
        self.assertEqual(["a"], [one.__name__ for one in Base.tasks])

    def test_a_pair_in_a_list_is_a_task_with_its_weight(self):
        def one(user):
            pass

        class Pairs(User):
            tasks = [(one, 2), one]

        self.assertEqual([one] * 3, Pairs.tasks)

    def test_subclasses_are_concrete_unless_their_own_body_says_otherwise(self):
        class Abstract(User):
            abstract = True

        class Concrete(Abstract):
            pass

        self.assertEqual([True, False], [Abstract.abstract, Concrete.abstract])

    def test_run_cannot_be_a_task(self):
        with self.assertRaisesRegex(Exception, "must not override it or register it as a task"):
            @task
            def run(user):
                pass

    def test_json_names_the_tasks(self):
        class Named(User):
            @task(2)
            def a(self):
                pass

        self.assertEqual({"host": None, "weight": 1, "fixed_count": 0, "tasks": ["a", "a"]}, Named.json())


class NoTasksTest(unittest.TestCase):
    def check(self, user_class, text):
        with self.assertRaises(Exception) as caught:
            run(user_class, catch=False)
        self.assertEqual(text, str(caught.exception))

    def test_a_user_without_tasks_says_what_to_do(self):
        class Empty(User):
            pass

        self.check(Empty, "No tasks defined on Empty. Use the @task decorator or set the 'tasks' attribute of the User "
                          "(or mark it as abstract = True if you only intend to subclass it)")

    def test_a_user_with_task_instead_of_tasks_is_told_so(self):
        class Misspelt(User):
            task = [1]

        self.check(Misspelt, "No tasks defined on Misspelt, but you have set a 'task' attribute on your class - maybe "
                             "you meant to set 'tasks'? Use the @task decorator or set the 'tasks' attribute of the "
                             "User (or mark it as abstract = True if you only intend to subclass it)")

    def test_a_task_set_with_task_instead_of_tasks_is_told_so(self):
        class Inner(TaskSet):
            task = [1]

        class Outer(User):
            tasks = [Inner]

        self.check(Outer, "No tasks defined on Inner, but you have set a 'task' attribute - maybe you meant to set "
                          "'tasks'? use the @task decorator or set the 'tasks' attribute of the TaskSet")


class LoopTest(unittest.TestCase):
    def test_interrupt_leaves_the_set_and_the_parent_goes_on(self):
        log = Log()

        class Inner(TaskSet):
            def on_start(self):
                log.note("in")

            def on_stop(self):
                log.append("out")

            @task
            def work(self):
                log.note("work")
                self.interrupt()

        class Outer(User):
            tasks = [Inner]

            def on_stop(self):
                log.append("user out")

        run(Outer)
        self.assertEqual(["in", "work", "out", "in", "work", "out", "in", "work", "out", "user out"], log)

    def test_stop_user_runs_on_stop_from_the_inside_out(self):
        log = Log()

        class Inner(TaskSet):
            @task
            def work(self):
                raise StopUser()

            def on_stop(self):
                log.append("inner")

        class Middle(TaskSet):
            tasks = [Inner]

            def on_stop(self):
                log.append("middle")
                raise ValueError("does not matter")

        class Outer(User):
            tasks = [Middle]

            def on_stop(self):
                log.append("user")

        run(Outer)
        self.assertEqual(["inner", "middle", "user"], log)

    def test_interrupt_at_the_top_ends_the_user_without_its_on_stop(self):
        log = Log()

        class Top(User):
            @task
            def leave(self):
                self._taskset_instance.interrupt(reschedule=False)

            def on_stop(self):
                log.append("stopped")

        with self.assertRaises(RescheduleTask):
            run(Top)
        self.assertEqual([], log)

    def test_interrupt_in_on_start_leaves_without_on_stop(self):
        log = Log()

        class Inner(TaskSet):
            def on_start(self):
                log.note("start", 3)
                self.interrupt()

            def on_stop(self):
                log.append("stop")

        class Outer(User):
            tasks = [Inner]

        run(Outer)
        self.assertEqual(["start"] * 3, log)

    def test_rescheduling_at_once_skips_the_wait_and_rescheduling_does_not(self):
        log = Log()

        class Waiting(User):
            def wait_time(self):
                log.note("wait", 6)
                return 0

            tasks = []
            steps = [RescheduleTaskImmediately, RescheduleTask, None, RescheduleTaskImmediately, StopUser]

            @task
            def step(self):
                log.append("task")
                error = self.steps.pop(0)
                if error is not None:
                    raise error()

        run(Waiting)
        self.assertEqual(["task", "task", "wait", "task", "wait", "task", "task"], log)

    def test_an_exception_is_reported_and_the_user_waits_and_goes_on(self):
        seen = []

        class Failing(User):
            wait_time = constant(0)
            count = 0

            @task
            def fail(self):
                self.count += 1
                if self.count == 3:
                    raise StopUser()
                raise ValueError("bad")

        environment = Environment(user_classes=[Failing])
        environment.events.user_error.add_listener(
            lambda user_instance, exception, tb, **_: seen.append((type(user_instance).__name__, str(exception))))
        Failing(environment).run()
        self.assertEqual([("DefaultTaskSet", "bad")] * 2, seen)

    def test_an_exception_in_on_start_ends_the_user_and_is_reported(self):
        seen = []

        class Failing(User):
            def on_start(self):
                raise ValueError("no")

        environment = Environment(user_classes=[Failing])
        environment.events.user_error.add_listener(lambda user_instance, **_: seen.append(type(user_instance).__name__))
        with self.assertRaises(ValueError):
            Failing(environment).run()
        self.assertEqual(["Failing"], seen)

    def test_scheduled_tasks_come_before_picked_ones(self):
        log = Log()

        class Inner(TaskSet):
            def on_start(self):
                self.schedule_task(self.last)
                self.schedule_task(self.first, first=True)

            def first(self):
                log.note("first")

            def last(self):
                log.note("last")

            @task
            def picked(self):
                log.note("picked", 4)

        class Outer(User):
            tasks = [Inner]

        run(Outer)
        self.assertEqual(["first", "last", "picked", "picked"], log)

    def test_a_function_gets_the_user_or_the_task_set_it_is_in(self):
        log = Log()

        def at_top(user):
            log.append(type(user).__name__)
            raise StopUser()

        def inside(task_set):
            log.append((type(task_set).__name__, type(task_set.user).__name__, type(task_set.parent).__name__))
            raise StopUser()

        class Inner(TaskSet):
            tasks = [inside]

        class Flat(User):
            tasks = [at_top]

        class Nested(User):
            tasks = [Inner]

        run(Flat)
        run(Nested)
        self.assertEqual(["Flat", ("Inner", "Nested", "Nested")], log)

    def test_a_user_without_any_wait_time_dies_of_it(self):
        class NoWait(User):
            wait_time = None

            @task
            def work(self):
                pass

        with self.assertRaises(MissingWaitTimeError):
            run(NoWait)

    def test_old_wait_bounds_are_milliseconds(self):
        class Old(User):
            wait_time = None
            min_wait = 2000
            max_wait = 2000
            tasks = [lambda user: None]

        user = Old(Environment(user_classes=[Old]))
        self.assertEqual(2.0, TaskSet(user).wait_time())


class SequentialTest(unittest.TestCase):
    def test_tasks_run_in_order_of_definition_and_start_over(self):
        log = Log()

        class Steps(SequentialTaskSet):
            @task(2)
            def a(self):
                log.note("a")

            @task
            class Nested(TaskSet):
                @task
                def x(self):
                    log.note("x")
                    self.interrupt()

            @task
            def b(self):
                log.note("b")

        class Runner(User):
            tasks = [Steps]

        run(Runner)
        self.assertEqual(list("aaxbaaxb"), log)

    def test_a_list_stands_where_it_is_in_the_body(self):
        def listed(task_set):
            pass

        class Steps(SequentialTaskSet):
            @task
            def a(self):
                pass

            tasks = [listed]

            @task
            def b(self):
                pass

        self.assertEqual(["a", "listed", "b"], [one.__name__ for one in Steps.tasks])

    def test_tasks_must_be_a_list_or_a_dict(self):
        with self.assertRaisesRegex(ValueError, "The 'tasks' attribute can only be set to list or dict"):
            class Steps(SequentialTaskSet):
                tasks = 3

    def test_without_tasks_it_says_what_to_do(self):
        class Steps(SequentialTaskSet):
            pass

        class Runner(User):
            tasks = [Steps]

        with self.assertRaisesRegex(LocustError, "^No tasks defined. Use the @task decorator or set the 'tasks' "):
            run(Runner, catch=False)


class MarkovTest(unittest.TestCase):
    def test_it_starts_with_the_first_method_and_follows_the_transitions(self):
        log = Log()

        class Chain(MarkovTaskSet):
            @transition("b")
            def a(self):
                log.note("a", 7)

            @transitions(["c"])
            def b(self):
                log.note("b", 7)

            @transitions({"a": 2})
            def c(self):
                log.note("c", 7)

        class Runner(User):
            tasks = [Chain]

        run(Runner)
        self.assertEqual(list("abcabca"), log)

    def test_weights_become_a_list(self):
        class Chain(MarkovTaskSet):
            @transitions(["a", ("b", 2)])
            @transition("a", 3)
            def a(self):
                pass

            @transition("a")
            def b(self):
                pass

        self.assertEqual({"a": 1, "b": 2}, {name: Chain.a.transitions.count(name) for name in "ab"})

    def test_a_class_without_transitions_is_refused_unless_abstract(self):
        class Base(MarkovTaskSet):
            abstract = True

        with self.assertRaisesRegex(markov.NoMarkovTasksError, "No Markov tasks defined in class Bad. Use the"):
            class Bad(MarkovTaskSet):
                pass

    def test_a_transition_must_lead_to_a_method_with_transitions(self):
        with self.assertRaisesRegex(markov.InvalidTransitionError, "Transition to q from a is invalid since no such "):
            class Unknown(MarkovTaskSet):
                @transition("q")
                def a(self):
                    pass
        with self.assertRaisesRegex(markov.NonMarkovTaskTransitionError, "cannot be used as a target"):
            class Plain(MarkovTaskSet):
                @transition("b")
                def a(self):
                    pass

                def b(self):
                    pass

    def test_tags_are_refused(self):
        with self.assertRaises(markov.MarkovTaskTagError):
            class Tagged(MarkovTaskSet):
                @tag("x")
                @transition("a")
                def a(self):
                    pass


class TagTest(unittest.TestCase):
    def make(self):
        @tag("all")
        class Inner(TaskSet):
            @task
            def plain(self):
                pass

            @tag("one")
            @task
            def tagged(self):
                pass

        class Outer(User):
            tasks = [Inner]

        return Outer, Inner

    def test_a_tag_on_a_task_set_reaches_its_tasks(self):
        _, inner = self.make()
        self.assertEqual([{"all"}, {"all", "one"}], [one.locust_tag_set for one in inner.tasks])

    def test_excluded_tasks_go(self):
        outer, inner = self.make()
        filter_tasks_by_tags(outer, None, {"one"})
        self.assertEqual((["Inner"], ["plain"]), ([t.__name__ for t in outer.tasks], [t.__name__ for t in inner.tasks]))

    def test_a_set_that_ends_empty_goes_with_its_tasks(self):
        outer, inner = self.make()
        filter_tasks_by_tags(outer, {"nothing"}, None)
        self.assertEqual(([], []), (outer.tasks, inner.tasks))

    def test_a_tag_needs_a_name(self):
        for wrong in (lambda: tag(), lambda: tag(lambda: None)):
            with self.assertRaisesRegex(ValueError, "No tag name was supplied"):
                wrong()


class WaitTimeTest(unittest.TestCase):
    def test_pacing_takes_off_what_the_task_took_and_never_catches_up(self):
        class Holder:
            _cp_last_run = 0
            _cp_last_wait_time = 0

        import time
        holder = Holder()
        holder._cp_last_run = time.monotonic()
        wait = constant_pacing(1000)
        first = wait(holder)
        self.assertTrue(999 < first <= 1000)
        holder._cp_last_run = time.monotonic() - 5000
        holder._cp_last_wait_time = 0
        self.assertEqual(0, wait(holder))

    def test_rates_must_be_positive(self):
        with self.assertRaisesRegex(ValueError, r"constant_throughput\(\) requires a positive rate, got: 0"):
            constant_throughput(0)
        with self.assertRaisesRegex(ValueError, r"poisson\(\) requires a positive rate, got: 0"):
            poisson(0)


if __name__ == "__main__":
    unittest.main()
