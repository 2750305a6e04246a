"""Events: listeners, failures in them, measure (python-api.md A7). Passes on Locust itself too."""
import unittest

from locust.event import EventHook, Events
from locust.exception import InterruptTaskSet, RescheduleTask, StopTest, StopUser


class ListenersTest(unittest.TestCase):
    def test_listeners_are_called_in_order_with_keyword_arguments(self):
        hook, seen = EventHook(), []
        hook.add_listener(lambda **kw: seen.append(("a", kw)))
        hook.add_listener(lambda **kw: seen.append(("b", kw)))
        hook.fire(x=1)
        hook.fire(reverse=True, x=2)
        self.assertEqual([("a", {"x": 1}), ("b", {"x": 1}), ("b", {"x": 2}), ("a", {"x": 2})], seen)

    def test_add_listener_is_a_decorator(self):
        hook, seen = EventHook(), []

        @hook.add_listener
        def listener(**kwargs):
            seen.append(kwargs)

        hook.fire()
        hook.remove_listener(listener)
        hook.fire()
        self.assertEqual([{}], seen)

    def test_a_failing_listener_does_not_stop_the_next(self):
        hook, seen = EventHook(), []
        hook.add_listener(lambda **kw: 1 / 0)
        hook.add_listener(lambda **kw: seen.append(1))
        hook.fire()
        self.assertEqual([1], seen)

    def test_what_steers_a_user_reaches_the_firing_code(self):
        for error in (StopUser, StopTest, RescheduleTask, InterruptTaskSet):
            hook = EventHook()

            @hook.add_listener
            def steer(error=error, **kwargs):
                raise error()

            with self.assertRaises(error):
                hook.fire()

    def test_names_of_older_versions_do_not_exist(self):
        with self.assertRaises(AttributeError):
            Events().request_success


class MeasureTest(unittest.TestCase):
    def test_the_block_is_timed_and_its_dict_is_fired(self):
        hook, seen = EventHook(), []
        hook.add_listener(lambda **kw: seen.append(kw))
        with hook.measure("t", "n") as meta:
            meta["response_length"] = 7
        self.assertEqual({"request_type", "name", "response_length", "context", "exception", "start_time",
                          "response_time"}, set(seen[0]))
        self.assertEqual(("t", "n", 7, {}, None), tuple(seen[0][key] for key in (
            "request_type", "name", "response_length", "context", "exception")))

    def test_an_exception_is_reported_and_swallowed(self):
        hook, seen = EventHook(), []
        hook.add_listener(lambda **kw: seen.append(kw))
        with hook.measure("t", "n"):
            raise ValueError("x")
        self.assertEqual("ValueError('x')", repr(seen[0]["exception"]))


if __name__ == "__main__":
    unittest.main()
