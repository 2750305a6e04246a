"""The standard library as CPython has it where GraalPy differs."""
import binascii
import datetime
import hashlib
import pickle
import time
import unittest


class DigestTest(unittest.TestCase):
    """The right values are CPython's."""

    def test_blake2(self):
        self.assertEqual("ca234c55", hashlib.blake2b(b"a", digest_size=4).hexdigest())
        self.assertEqual("cc0141", hashlib.blake2s(b"a", key=b"k").hexdigest()[:6])
        self.assertEqual("d346d1c98ca08623",
                         hashlib.blake2b(b"abc", digest_size=8, salt=b"s", person=b"p").hexdigest())
        whole = hashlib.blake2b()
        whole.update(b"a")
        part = whole.copy()
        whole.update(b"bc")
        self.assertEqual(hashlib.blake2b(b"abc").digest(), whole.digest())
        self.assertEqual(hashlib.new("blake2b", b"a").digest(), part.digest())
        self.assertTrue(whole.hexdigest().startswith("ba80a53f981c4d0d6a2797b69f12f6e9"))
        with self.assertRaises(ValueError):
            hashlib.blake2b(digest_size=65)

    def test_shake(self):
        self.assertEqual("867e2cb04f5a04dcbd59", hashlib.shake_256(b"a").hexdigest(10))
        self.assertEqual(b"", hashlib.shake_128(b"").digest(0))

    def test_scrypt(self):
        self.assertEqual("48b0d2a8", hashlib.scrypt(b"p", salt=b"s", n=2, r=1, p=1).hex()[:8])
        with self.assertRaises(ValueError):
            hashlib.scrypt(b"p", salt=b"s", n=3, r=1, p=1)

    def test_hexlify_with_a_separator(self):
        self.assertEqual((b"61-62", b"6162"), (binascii.hexlify(b"ab", "-"), binascii.hexlify(b"ab")))
        self.assertEqual(b"61_6263", binascii.b2a_hex(b"abc", "_", 2))


class TimeTest(unittest.TestCase):
    def test_the_classes_of_datetime(self):
        self.assertEqual({"datetime"}, {kind.__module__ for kind in (
            datetime.date, datetime.datetime, datetime.time, datetime.timedelta, datetime.timezone)})
        now = datetime.datetime.now(datetime.timezone.utc)
        self.assertEqual(now, pickle.loads(pickle.dumps(now)))

    def test_zones(self):
        import zoneinfo
        day = datetime.datetime(2024, 7, 1, tzinfo=zoneinfo.ZoneInfo("Europe/Stockholm"))
        self.assertEqual("2024-07-01T00:00:00+02:00", day.isoformat())
        self.assertGreater(len(zoneinfo.available_timezones()), 100)

    def test_the_time_of_this_thread(self):
        self.assertGreaterEqual(time.thread_time(), 0)


COUNTED = []


class ProcessesTest(unittest.TestCase):
    def test_a_counter_and_a_queue(self):
        import multiprocessing
        counter, names = multiprocessing.Value("i", 0), multiprocessing.Queue()
        for name in ("ann", "bob"):
            names.put(name)

        def count():
            with counter.get_lock():
                counter.value += 1
            COUNTED.append(names.get(timeout=30))

        processes = [multiprocessing.Process(target=count) for _ in range(2)]
        for process in processes:
            process.start()
        for process in processes:
            process.join(60)
        self.assertEqual([0, 0], [process.exitcode for process in processes])
        self.assertEqual((2, ["ann", "bob"]), (counter.value, sorted(COUNTED)))
        self.assertEqual([0.0, 0.0], list(multiprocessing.Array("d", 2)))
        with multiprocessing.Manager() as manager:
            shared = manager.dict(a=1)
            self.assertEqual(1, shared["a"])
        self.assertTrue(multiprocessing.get_context("spawn").Lock().acquire(timeout=1))

    def test_the_executor(self):
        from concurrent.futures import ProcessPoolExecutor
        with ProcessPoolExecutor(2) as executor:
            self.assertEqual([1, 4, 9], list(executor.map(lambda n: n * n, (1, 2, 3))))
