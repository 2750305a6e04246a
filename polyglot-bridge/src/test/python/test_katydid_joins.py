"""threading.Thread.join by several threads at once."""
import threading
import unittest


class JoinTest(unittest.TestCase):
    def test_many_join_the_same_thread(self):
        for _ in range(20):
            go = threading.Event()
            one = threading.Thread(target=go.wait)
            one.start()
            problems = []

            def join(one=one, problems=problems):
                try:
                    one.join()
                    if one.is_alive():
                        problems.append("alive")
                except BaseException as error:
                    problems.append(error)

            joining = [threading.Thread(target=join) for _ in range(8)]
            for thread in joining:
                thread.start()
            go.set()
            for thread in joining:
                thread.join()
            one.join()
            self.assertEqual([], problems)

    def test_who_joins_with_a_limit_comes_back(self):
        go = threading.Event()
        one = threading.Thread(target=go.wait)
        one.start()
        one.join(0.01)
        self.assertTrue(one.is_alive())
        self.assertTrue(one._tstate_lock.locked())
        go.set()
        one.join()
        self.assertFalse(one.is_alive())
        self.assertIsNone(one._tstate_lock)
