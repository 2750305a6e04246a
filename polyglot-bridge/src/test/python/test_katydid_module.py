"""The blocking primitives that everything else is built on."""
import threading
import time
import unittest

import _katydid


class ThreadTest(unittest.TestCase):
    def test_what_current_thread_makes_goes_with_the_thread(self):
        seen = []
        handle = _katydid.spawn(lambda: seen.append((threading.current_thread(), threading.get_ident())))
        self.assertEqual(1, handle.join(30))
        made, ident = seen[0]
        self.assertEqual((made.ident, ident), (ident, handle.ident()))
        self.assertNotIn(ident, threading._active)


class SemaphoreTest(unittest.TestCase):
    def test_a_permit_is_handed_to_the_waiter(self):
        semaphore = _katydid.Semaphore()
        seen = []

        def waiter():
            seen.append(semaphore.acquire(30))

        handle = _katydid.spawn(waiter)
        while semaphore.waiting() == 0:
            _katydid.sleep(0.001)
        semaphore.release()
        self.assertEqual(1, handle.join(30))
        self.assertEqual([1], seen)

    def test_waiting_ends_at_the_timeout(self):
        self.assertEqual(0, _katydid.Semaphore().acquire(0.01))
        self.assertEqual(0, _katydid.Semaphore().acquire(0))

    def test_a_killed_thread_stops_waiting_once(self):
        semaphore = _katydid.Semaphore()
        seen = []

        def waiter():
            seen.append(semaphore.acquire())
            seen.append(semaphore.acquire(0.01))

        handle = _katydid.spawn(waiter)
        while semaphore.waiting() == 0:
            _katydid.sleep(0.001)
        handle.kill()
        self.assertEqual(1, handle.join(30))
        self.assertEqual([-1, 0], seen)


class SleepTest(unittest.TestCase):
    def test_sleeping_threads_run_side_by_side(self):
        start = time.monotonic()
        handles = [_katydid.spawn(lambda: _katydid.sleep(0.2)) for _ in range(50)]
        for handle in handles:
            self.assertEqual(1, handle.join(30))
        self.assertLess(time.monotonic() - start, 5)

    def test_kill_ends_a_sleep(self):
        seen = []
        handle = _katydid.spawn(lambda: seen.append(_katydid.sleep(3600)))
        _katydid.sleep(0.01)
        handle.kill()
        self.assertEqual(1, handle.join(30))
        self.assertEqual([True], seen)
