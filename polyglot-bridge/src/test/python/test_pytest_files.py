"""Test functions as users (cli.md section 2: files without user classes are tried as pytest files)."""
import os
import sys
import tempfile
import unittest

from locust.user.users import PytestUser

FILE = """
import pytest

@pytest.fixture
def answer():
    yield 42

@pytest.fixture
def plain():
    return 7

def test_session(session):
    session.get("/")

def test_answer(answer):
    seen.append(answer)
    raise StopIteration

def test_plain(plain):
    seen.append(plain)
    raise StopIteration

def test_nothing():
    seen.append(None)
    raise StopIteration

def helper():
    pass

seen = []
"""


class PytestFilesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        try:
            import pytest
        except ImportError:
            raise unittest.SkipTest("the build had no package index to fetch pytest from")

    def setUp(self):
        # argparse wants a program's name; a context of a test has none.
        words = sys.argv[:]
        sys.argv[:] = ["katydid"]
        self.addCleanup(lambda: sys.argv.__setitem__(slice(None), words))

    def load(self, text, name):
        from locust._pytest_files import load_pytest_file
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, name)
            with open(path, "w") as file:
                file.write(text)
            return load_pytest_file(path)

    def test_each_test_function_is_a_user_class(self):
        classes = self.load(FILE, "test_users_of_pytest.py")
        self.assertEqual(["test_session", "test_answer", "test_plain", "test_nothing"], list(classes))
        self.assertTrue(all(issubclass(cls, PytestUser) and not cls.abstract for cls in classes.values()))

    def test_a_user_runs_its_function_with_what_the_fixture_gives(self):
        classes = self.load(FILE, "test_fixtures_of_pytest.py")
        for name, expected in (("test_answer", 42), ("test_plain", 7), ("test_nothing", None)):
            function = classes[name].functions[0]
            with self.assertRaises(StopIteration):
                classes[name](None).run()
            self.assertEqual(expected, function.obj.__globals__["seen"][-1])

    def test_a_parameter_that_is_no_fixture_is_named(self):
        with self.assertRaisesRegex(ValueError, "Could not find fixture for parameter 'nobody' in test_it"):
            self.load("def test_it(nobody):\n    pass\n", "test_without_fixture.py")

    def test_only_files_with_test_functions_are_tried(self):
        from locust._pytest_files import may_have_tests
        with tempfile.TemporaryDirectory() as folder:
            for text, expected in (("x = 1\n", False), ("def test_a(): pass\n", True), ("class TestA: pass\n", True),
                                   ("# def test_a\n", False)):
                path = os.path.join(folder, "some.py")
                with open(path, "w") as file:
                    file.write(text)
                self.assertEqual(expected, may_have_tests(path), text)


if __name__ == "__main__":
    unittest.main()
