"""Files as CPython has them where GraalPy differs."""
import csv
import fcntl
import os
import tempfile
import unittest


class FilesTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = os.path.join(self.folder.name, "data.csv")

    def tearDown(self):
        self.folder.cleanup()

    def write(self, text):
        with open(self.path, "w") as out:
            out.write(text)

    def test_a_reader_finds_the_end_of_a_file_that_was_cut(self):
        self.write("a,b\n" * 30_000)
        for rest in (lambda file: file.read(), lambda file: list(file), lambda file: list(csv.reader(file))):
            self.write("a,b\n" * 30_000)
            with open(self.path) as reader:
                self.assertEqual(reader.readline(), "a,b\n")
                self.write("")
                self.assertLess(len(rest(reader)), 30_000)
                self.assertEqual(reader.read(), "")

    @unittest.skipUnless(os.path.exists("/proc/self/statm"), "only Linux has /proc")
    def test_what_the_kernel_makes_up_is_read(self):
        with open("/proc/self/statm") as file:
            self.assertEqual(7, len(file.read().split()))
        with open("/proc/self/status", "rb") as file:
            self.assertIn(b"Threads:", file.read())
        with open("/proc/stat") as file:
            self.assertTrue(file.readline().startswith("cpu "))

    @unittest.skipUnless(os.path.exists("/proc/self/statm"), "only Linux has /proc")
    def test_the_load_of_machine_and_process(self):
        import psutil
        self.assertGreater(psutil.Process().memory_info().rss, 10_000_000)
        self.assertEqual(os.getpid(), psutil.Process().pid)
        self.assertGreater(psutil.virtual_memory().total, psutil.virtual_memory().available)
        self.assertEqual(0.0, psutil.Process().cpu_percent())
        self.assertGreaterEqual(psutil.cpu_percent(interval=0.05), 0.0)
        self.assertEqual(psutil.cpu_count(), len(psutil.cpu_percent(percpu=True)))
        self.assertIn(os.getpid(), psutil.pids())
        self.assertGreater(psutil.net_io_counters().bytes_sent, -1)
        with self.assertRaises(psutil.NoSuchProcess):
            psutil.Process(2 ** 22 + 1)

    def test_positions_and_sizes(self):
        self.write("0123456789")
        with open(self.path, "r+b") as file:
            self.assertEqual(file.seek(0, os.SEEK_END), 10)
            self.assertEqual(file.seek(-3, os.SEEK_END), 7)
            self.assertEqual(file.read(), b"789")
            file.truncate(4)
            file.seek(0)
            self.assertEqual(file.read(), b"0123")
        with open(self.path, "ab") as file:
            file.write(b"x")
        self.assertEqual(os.stat(self.path).st_size, 5)

    def test_locks(self):
        self.write("0123456789")
        with open(self.path, "r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            fcntl.flock(file, fcntl.LOCK_UN)


if __name__ == "__main__":
    unittest.main()
