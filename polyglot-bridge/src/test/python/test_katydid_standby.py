"""What a context that was opened before its run gets to know of the run's variables."""
import os
import posix
import subprocess
import sys
import unittest

import _katydid_standby as standby


class BeginTest(unittest.TestCase):
    def setUp(self):
        before = dict(os.environ)
        self.addCleanup(standby.begin, before)

    def test_variables_are_those_of_the_run(self):
        os.environ["GONE"] = "1"
        os.environ["OTHER"] = "old"
        standby.begin({"OTHER": "new", "TÄST": "§", "PATH": os.environ["PATH"]})
        self.assertEqual({"OTHER": "new", "TÄST": "§", "PATH": os.environ["PATH"]}, dict(os.environ))
        self.assertEqual(b"new", posix.environ[b"OTHER"])
        self.assertNotIn(b"GONE", posix.environ)

    def test_child_processes_get_them(self):
        os.environ["GONE"] = "1"
        standby.begin({"OTHER": "new", "PATH": os.environ["PATH"]})
        text = subprocess.run(["sh", "-c", "echo $OTHER-$GONE"], capture_output=True, text=True).stdout
        self.assertEqual("new-\n", text)

    def test_finders_look_again(self):
        class Finder:
            asked = False

            def invalidate_caches(self):
                self.asked = True

        finder = sys.path_importer_cache["/somewhere"] = Finder()
        self.addCleanup(sys.path_importer_cache.pop, "/somewhere")
        standby.begin(dict(os.environ))
        self.assertTrue(finder.asked)


if __name__ == "__main__":
    unittest.main()
