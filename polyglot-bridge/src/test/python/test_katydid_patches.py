"""What the standard library says on GraalPy where scripts would notice a difference."""
import os
import platform
import time
import unittest


def _used():
    """Seconds that the process has had of the processors, by the system's own count."""
    with open("/proc/self/stat") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


@unittest.skipUnless(os.path.exists("/proc/self/stat"), "Linux")
class ProcessTimeTest(unittest.TestCase):
    def test_it_is_the_time_of_the_processors(self):
        before = _used()
        time.sleep(0.2)
        seen = time.process_time()
        self.assertTrue(before - 0.1 <= seen <= _used() + 0.1, (before, seen))
        self.assertIs(int, type(time.process_time_ns()))
        self.assertGreaterEqual(time.process_time_ns(), int(seen * 1e9))


class PlatformTest(unittest.TestCase):
    def test_the_build_is_two_texts(self):
        self.assertEqual([str, str], [type(part) for part in platform.python_build()])
        self.assertEqual(2, len(", ".join(platform.python_build()).split(", ")))
        self.assertIs(str, type(platform.python_compiler()))
