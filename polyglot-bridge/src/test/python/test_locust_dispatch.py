"""A dispatcher that a program makes itself (python-api.md, locust.dispatch)."""
import unittest

from locust import User
from locust.dispatch import UsersDispatcher
from locust.runners import WorkerNode


class Alpha(User):
    weight = 2


class Beta(User):
    weight = 1


class DispatcherTest(unittest.TestCase):
    def dispatcher(self, workers=2):
        return UsersDispatcher([WorkerNode(str(number)) for number in range(1, workers + 1)], [Beta, Alpha])

    def test_steps_say_what_every_worker_shall_run(self):
        dispatcher = self.dispatcher()
        dispatcher.new_dispatch(target_user_count=3, spawn_rate=1)
        self.assertEqual(1, dispatcher._wait_between_dispatch)
        dispatcher._wait_between_dispatch = 0
        steps = list(dispatcher)
        self.assertEqual(3, len(steps))
        self.assertEqual({"1": {"Alpha": 2, "Beta": 0}, "2": {"Alpha": 0, "Beta": 1}}, steps[-1])
        self.assertEqual(3, dispatcher.get_current_user_count())
        self.assertEqual(3, len(dispatcher.dispatch_iteration_durations))
        self.assertFalse(dispatcher.dispatch_in_progress)

    def test_the_next_step_waits_for_its_time(self):
        import time
        dispatcher = self.dispatcher()
        dispatcher.new_dispatch(target_user_count=2, spawn_rate=1)
        dispatcher._wait_between_dispatch = 0.2
        next(dispatcher)
        begun = time.perf_counter()
        next(dispatcher)
        self.assertGreaterEqual(time.perf_counter() - begun, 0.19)

    def test_what_is_dealt_out_anew_does_not_wait(self):
        dispatcher = self.dispatcher()
        dispatcher.new_dispatch(target_user_count=3, spawn_rate=1)
        dispatcher._wait_between_dispatch = 600
        next(dispatcher)
        dispatcher.add_worker(WorkerNode("3"))
        # Or this test would not end.
        self.assertEqual({"1", "2", "3"}, set(next(dispatcher)))

    def test_workers_come_and_go(self):
        dispatcher = self.dispatcher()
        dispatcher.new_dispatch(target_user_count=4, spawn_rate=4)
        next(dispatcher)
        dispatcher.add_worker(WorkerNode("3"))
        dispatcher.new_dispatch(target_user_count=4, spawn_rate=4)
        self.assertEqual({"1", "2", "3"}, set(next(dispatcher)))
        dispatcher.remove_worker(WorkerNode("1"))
        dispatcher.new_dispatch(target_user_count=4, spawn_rate=4)
        self.assertEqual({"2", "3"}, set(next(dispatcher)))

    def test_classes_may_be_chosen_for_a_cycle(self):
        dispatcher = self.dispatcher()
        dispatcher.new_dispatch(target_user_count=2, spawn_rate=2, user_classes=[Beta])
        self.assertEqual({"1": {"Alpha": 0, "Beta": 1}, "2": {"Alpha": 0, "Beta": 1}}, next(dispatcher))


class WorkerNodeTest(unittest.TestCase):
    def test_users_are_the_sum_of_its_classes(self):
        node = WorkerNode("a")
        self.assertEqual(("a", "ready", 0), (node.id, node.state, node.user_count))
        node.user_classes_count = {"Alpha": 2, "Beta": 1}
        self.assertEqual(3, node.user_count)
