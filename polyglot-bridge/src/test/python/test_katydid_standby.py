"""What a context that was opened before its run gets to know of the run's variables."""
import os
import posix
import random
import subprocess
import sys
import tempfile
import unittest

import _katydid_standby as standby


class BeginTest(unittest.TestCase):
    def setUp(self):
        self.before = os.getcwd()
        self.addCleanup(self.begin, dict(os.environ))
        self.addCleanup(sys.path.__setitem__, slice(None), list(sys.path))

    def begin(self, environment, path_before=(), path=()):
        standby.begin(environment, self.before, list(path_before), list(path))

    def test_variables_are_those_of_the_run(self):
        os.environ["GONE"] = "1"
        os.environ["OTHER"] = "old"
        self.begin({"OTHER": "new", "TÄST": "§", "PATH": os.environ["PATH"]})
        self.assertEqual({"OTHER": "new", "TÄST": "§", "PATH": os.environ["PATH"]}, dict(os.environ))
        self.assertEqual(b"new", posix.environ[b"OTHER"])
        self.assertNotIn(b"GONE", posix.environ)

    def test_child_processes_get_them(self):
        os.environ["GONE"] = "1"
        self.begin({"OTHER": "new", "PATH": os.environ["PATH"]})
        text = subprocess.run(["sh", "-c", "echo $OTHER-$GONE"], capture_output=True, text=True).stdout
        self.assertEqual("new-\n", text)

    def test_relative_paths_are_those_of_the_run(self):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "data.txt"), "w") as file:
                file.write("there")
            standby.begin(dict(os.environ), folder, [], [])
            with open("data.txt") as file:
                self.assertEqual("there", file.read())
            self.assertEqual(os.path.realpath(folder), os.path.realpath(os.getcwd()))
            self.begin(dict(os.environ))
        self.assertEqual(self.before, os.getcwd())

    def test_the_path_is_that_of_the_run(self):
        sys.path[:] = ["/ours", "/old/site-packages", "/companions", "/standard"]
        self.begin(dict(os.environ), ["/ours", "/old/site-packages", "/companions"], ["/ours", "/new/site-packages", "/companions"])
        self.assertEqual(["/ours", "/new/site-packages", "/companions", "/standard"], sys.path)

    def test_random_numbers_begin_anew(self):
        state = random.getstate()
        self.begin(dict(os.environ))
        first = random.random()
        random.setstate(state)
        self.begin(dict(os.environ))
        self.assertNotEqual(first, random.random())

    def test_finders_look_again(self):
        class Finder:
            asked = False

            def invalidate_caches(self):
                self.asked = True

        finder = sys.path_importer_cache["/somewhere"] = Finder()
        self.addCleanup(sys.path_importer_cache.pop, "/somewhere")
        self.begin(dict(os.environ))
        self.assertTrue(finder.asked)


if __name__ == "__main__":
    unittest.main()
