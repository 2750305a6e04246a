"""Waiting for pipes of `multiprocessing` lets others run, however many wait."""
import multiprocessing
import threading
import time
import unittest
from multiprocessing.connection import wait
from multiprocessing.pool import ThreadPool

MORE_THAN_LOANS = 12
PATIENCE = 60


class Pipes(unittest.TestCase):
    def test_many_who_wait_for_a_message_hear_it(self):
        pipes = [multiprocessing.Pipe() for _ in range(MORE_THAN_LOANS)]
        heard = []
        listeners = [threading.Thread(target=lambda end=end: heard.append(end.recv())) for end, _ in pipes]
        for listener in listeners:
            listener.start()
        for number, (_, end) in enumerate(pipes):
            end.send({"number": number})
        for listener in listeners:
            listener.join(PATIENCE)
        self.assertEqual(sorted(message["number"] for message in heard), list(range(MORE_THAN_LOANS)))

    def test_many_pools_at_once(self):
        results = {}

        def use(number):
            pool = ThreadPool(3)
            results[number] = pool.map(lambda n: n * number, [1, 2, 3])
            pool.terminate()

        users = [threading.Thread(target=use, args=(number,)) for number in range(MORE_THAN_LOANS)]
        for user in users:
            user.start()
        for user in users:
            user.join(PATIENCE)
        self.assertEqual(results, {number: [number, 2 * number, 3 * number] for number in range(MORE_THAN_LOANS)})

    def test_wait_says_who_is_ready(self):
        quiet, _quiet_end = multiprocessing.Pipe()
        told, teller = multiprocessing.Pipe()
        teller.send("x")
        self.assertEqual(wait([quiet, told]), [told])
        self.assertEqual(wait([quiet], timeout=0), [])
        self.assertEqual(wait([quiet], timeout=0.05), [])
        self.assertFalse(quiet.poll())
        self.assertTrue(told.poll(None))

    def test_the_end_of_the_other_side_is_heard(self):
        mine, other = multiprocessing.Pipe(duplex=False)
        threading.Thread(target=lambda: (time.sleep(0.05), other.close())).start()
        with self.assertRaises(EOFError):
            mine.recv()


if __name__ == "__main__":
    unittest.main()
