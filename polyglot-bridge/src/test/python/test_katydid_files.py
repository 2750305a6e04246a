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
