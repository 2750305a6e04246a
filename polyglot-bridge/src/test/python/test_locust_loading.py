"""Loading locustfiles: classes, shapes, problems (cli.md section 2), and custom options (python-api.md A10)."""
import os
import sys
import tempfile
import unittest

from locust import LoadTestShape, User, _runtime, tag, task
from locust._loading import load_file
from locust.env import Environment
from locust.argument_parser import CustomOptionsParser


class Folder:
    def __enter__(self):
        self._folder = tempfile.mkdtemp()
        return self

    def __exit__(self, *args):
        import shutil
        shutil.rmtree(self._folder)

    def file(self, name, text):
        path = os.path.join(self._folder, name)
        with open(path, "w") as file:
            file.write(text)
        return path


USER = "from locust import User, task\nclass {}(User):\n    @task\n    def t(self): pass\n"


class LoadTest(unittest.TestCase):
    def test_concrete_user_classes_are_found_by_variable_in_order(self):
        with Folder() as folder:
            path = folder.file("load_a.py", USER.format("Zed") + USER.format("Abc") +
                               "class Base(User):\n    abstract = True\nAlias = Abc\n")
            classes, _ = load_file(path)
        self.assertEqual(["Zed", "Abc", "Alias"], list(classes))

    def test_shapes_are_instantiated_unless_abstract(self):
        with Folder() as folder:
            path = folder.file("load_b.py", "from locust import LoadTestShape\nclass Base(LoadTestShape):\n"
                               "    abstract = True\nclass Steps(Base):\n    def tick(self): return (1, 1)\n")
            _, shapes = load_file(path)
        self.assertEqual(["Steps"], [type(shape).__name__ for shape in shapes])

    def test_a_python_2_file_is_converted(self):
        with Folder() as folder:
            classes, _ = load_file(folder.file("load_py2.py", (
                "import urllib2\nimport urlparse\nFOUND = urlparse.urlparse('http://h/a').path, urllib2.HTTPError\n" + USER.format("Old") +
                "        try:\n            print 'x', {}.has_key(1)\n        except ValueError, problem:\n            pass\n"
                "        if True:\n\t    self.tabs = 8\n").replace("def t(self): pass", "def t(self):")))
            module = sys.modules["load_py2"]
            self.assertEqual(["Old"], list(classes))
            self.assertEqual("/a", module.FOUND[0])
            self.assertTrue(issubclass(module.FOUND[1], Exception))

    def test_modules_of_python_2_are_found_by_a_file_that_python_3_reads(self):
        with Folder() as folder:
            load_file(folder.file("load_py2_names.py", USER.format("Old") + (
                "import urllib2, urlparse\nfrom Queue import Queue\n"
                "FOUND = urlparse.urlparse('http://h/a').path, urllib2.Request, Queue\n")))
        found = sys.modules["load_py2_names"].FOUND
        self.assertEqual(("/a", "Request", "Queue"), (found[0], found[1].__name__, found[2].__name__))

    def test_a_python_2_module_beside_the_file_is_converted(self):
        with Folder() as folder:
            folder.file("load_py2_helper.py", "print 'loaded'\nVALUE = 7\n")
            path = folder.file("load_py2_user.py", "from load_py2_helper import VALUE\n" + USER.format("A"))
            load_file(path)
        self.assertEqual(7, sys.modules["load_py2_user"].VALUE)

    def test_what_is_python_2_only_by_chance_is_still_a_syntax_error(self):
        with Folder() as folder:
            path = folder.file("load_bad.py", "from locust import User\nclass A(User:\n    pass\n")
            with self.assertRaises(_runtime.LoadError) as raised:
                load_file(path)
        self.assertIn("load_bad.py", str(raised.exception))

    def test_a_file_may_end_the_program_with_exit(self):
        with Folder() as folder:
            path = folder.file("load_exit.py", "import locust\nexit(7)\n")
            with self.assertRaises(_runtime.LoadError) as raised:
                load_file(path)
        self.assertIn("exit code 7", str(raised.exception))

    def test_the_line_of_a_missing_import_is_named_below_a_folder_called_locust(self):
        with Folder() as folder:
            os.mkdir(os.path.join(folder._folder, "locust"))
            path = folder.file("locust/load_missing.py", "import os\nimport no_such_module_at_all\n")
            with self.assertRaises(_runtime.LoadError) as raised:
                load_file(path)
        self.assertIn("(line 2)", str(raised.exception))

    def test_modules_beside_the_file_can_be_imported(self):
        with Folder() as folder:
            folder.file("load_c_helper.py", USER.format("Shared"))
            classes, _ = load_file(folder.file("load_c.py", "from load_c_helper import Shared\n"))
        self.assertEqual(["Shared"], list(classes))

    def test_a_module_beside_the_file_wins_over_one_of_the_same_name_in_the_working_directory(self):
        with Folder() as here, Folder() as there:
            here.file("load_e_helper.py", USER.format("FromWorkingDirectory"))
            there.file("load_e_helper.py", USER.format("FromBesideTheFile"))
            path = there.file("load_e.py", "from load_e_helper import *\n")
            before, kept = os.getcwd(), list(sys.path)
            os.chdir(os.path.dirname(here.file("x", "")))
            try:
                classes, _ = load_file(path)
            finally:
                os.chdir(before)
                sys.path[:] = kept
        self.assertEqual(["FromBesideTheFile"], list(classes))

    def test_a_file_in_another_encoding_is_told_what_to_do(self):
        with Folder() as folder, self.assertRaises(_runtime.LoadError) as caught:
            path = folder.file("load_f.py", "")
            with open(path, "wb") as file:
                file.write(b"name = 'caf\xe9'\n")
            load_file(path)
        self.assertIn("# -*- coding: latin-1 -*-", caught.exception.message)

    def problem(self, text):
        with Folder() as folder, self.assertRaises(_runtime.LoadError) as caught:
            load_file(folder.file("load_d.py", text))
        self.assertEqual(1, caught.exception.exit_code)
        return caught.exception.message

    def test_a_missing_package_names_the_command_that_installs_it(self):
        self.assertIn("katydid pip install redis", self.problem("import redis.is_not_here\n"))
        unknown = self.problem("import pyyaml_is_not_here\n")
        self.assertIn("imports 'pyyaml_is_not_here', which is not installed here", unknown)
        self.assertNotIn("pip install pyyaml_is_not_here", unknown)

    def test_a_syntax_error_shows_its_place(self):
        text = self.problem("x = 1\ny = (\n")
        self.assertIn("load_d.py", text)
        self.assertIn("line 2", text)

    def test_python_2_that_cannot_be_converted_is_named(self):
        self.assertIn("Python 2", self.problem("print 'hello'\ny = (\n"))

    def test_an_exception_shows_the_user_s_frames_only(self):
        text = self.problem("def f():\n    return 1 / 0\nf()\n")
        self.assertIn("ZeroDivisionError", text)
        self.assertNotIn("_loading.py", text)


class ExplainedTest(unittest.TestCase):
    def explained(self, source):
        try:
            exec(compile(source, "users_file.py", "exec"), {})
        except Exception as error:
            return _runtime.explained(error)

    def test_an_exception_of_ours_is_its_message(self):
        try:
            Environment(user_classes=[type("Nobody", (User,), {"weight": 0})])
        except ValueError as error:
            self.assertEqual("ValueError: There are no users with weight > 0.", _runtime.explained(error).splitlines()[-1])
            self.assertNotIn("env.py", _runtime.explained(error))

    def test_one_of_the_user_s_shows_where(self):
        text = self.explained("def weight():\n    return 1 / 0\nweight()\n")
        self.assertIn('File "users_file.py", line 2, in weight', text)
        self.assertIn("ZeroDivisionError: division by zero", text)


class FreshState(unittest.TestCase):
    def setUp(self):
        self.kept = _runtime._state
        _runtime._state = _runtime._State()

    def tearDown(self):
        _runtime._state = self.kept


class ShapeStepTest(FreshState):
    def step(self, answer):
        class Shape(LoadTestShape):
            def tick(self):
                return answer
        _runtime._state.shapes["Shape"] = Shape()
        return _runtime.tick("Shape")

    def test_a_step_has_users_and_rate(self):
        self.assertEqual([3, 2.0, None], self.step((3, 2)))

    def test_what_is_no_step_ends_the_test(self):
        for answer in ((3,), "x", ("many", 2), 5):
            self.assertIsNone(self.step(answer))


class ClassAttributesTest(FreshState):
    def test_a_weight_that_is_no_number_is_named_with_its_class(self):
        class Odd(User):
            weight = "heavy"
        _runtime._state.classes = {"Odd": (Odd, "file")}
        with self.assertRaisesRegex(_runtime.LoadError, "weight and fixed_count of Odd must be numbers, not 'heavy' and 0"):
            _runtime.user_classes()


class TagWarningsTest(FreshState):
    def test_a_class_without_tasks_is_named_with_and_without_tags(self):
        class Idle(User):
            pass
        for tags in (None, ["a"]):
            _runtime._state.classes = {"Idle": (Idle, "file")}
            _runtime._state.warnings = []
            _runtime.filter_tags(tags, None)
            self.assertEqual(["Idle had no tasks left after filtering, instantiating it will fail!"],
                             _runtime._state.warnings)


class TagsOfMasterTest(FreshState):
    def tasks_left(self, own, masters):
        class Tagged(User):
            @task
            def plain(self): pass

            @tag("slow")
            @task
            def slow(self): pass

            @tag("slow", "rare")
            @task
            def rare(self): pass
        _runtime._state.classes = {"Tagged": (Tagged, "file")}
        _runtime.filter_tags(*own)
        _runtime.filter_tags(*masters)
        return [one.__name__ for one in Tagged.tasks]

    def test_what_the_master_does_not_name_takes_nothing_away(self):
        self.assertEqual(["plain"], self.tasks_left((None, None), (None, ["slow"])))
        _runtime._state = _runtime._State()
        self.assertEqual(["slow", "rare"], self.tasks_left((None, None), (["slow"], None)))

    def test_a_workers_own_tags_go_before_its_masters(self):
        self.assertEqual(["rare"], self.tasks_left((["rare"], None), (["slow"], None)))


class CustomOptionsTest(unittest.TestCase):
    def parser(self):
        parser = CustomOptionsParser()
        parser.add_argument("--number", "-n", type=int, default=3, env_var="NUMBER", help="how many")
        parser.add_argument("--flag", action="store_true", include_in_web_ui=False)
        group = parser.add_argument_group("Mine")
        group.add_argument("--secret", is_secret=True, default="s")
        group.add_argument("--many", nargs="*", choices=["a", "b"], is_multiple=True)
        return parser

    def test_options_are_described_for_the_command_line(self):
        rows = {row["dest"]: row for row in self.parser().described()}
        self.assertEqual(["number", "flag", "secret", "many"], list(rows))
        self.assertEqual((["--number", "-n"], "NUMBER", 1, 1, "3", "how many"), tuple(
            rows["number"][key] for key in ("names", "env", "min_words", "max_words", "default_text", "help")))
        self.assertEqual((0, 0, False), tuple(
            rows["flag"][key] for key in ("min_words", "max_words", "include_in_web_ui")))
        self.assertTrue(rows["secret"]["secret"])
        self.assertEqual((0, -1, ["a", "b"], True), tuple(
            rows["many"][key] for key in ("min_words", "max_words", "choices", "multiple")))

    def test_words_are_converted_as_the_script_said(self):
        values = self.parser().convert([["number", "-n", ["5"]], ["flag", "--flag", []], ["many", "--many", ["a", "b"]]])
        self.assertEqual({"number": 5, "flag": True, "secret": "s", "many": ["a", "b"]}, values)

    def test_a_value_that_does_not_fit_is_refused(self):
        with self.assertRaisesRegex(ValueError, "argument --number/-n: invalid int value: 'x'"):
            self.parser().convert([["number", "--number", ["x"]]])

    def test_values_may_begin_with_a_dash(self):
        self.assertEqual("-x-", self.parser().convert([["secret", "--secret", ["-x-"]]])["secret"])
