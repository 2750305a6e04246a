"""Loading locustfiles: classes, shapes, problems (cli.md section 2), and custom options (python-api.md A10)."""
import os
import tempfile
import unittest

from locust import _runtime
from locust._loading import load_file
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

    def test_modules_beside_the_file_can_be_imported(self):
        with Folder() as folder:
            folder.file("load_c_helper.py", USER.format("Shared"))
            classes, _ = load_file(folder.file("load_c.py", "from load_c_helper import Shared\n"))
        self.assertEqual(["Shared"], list(classes))

    def problem(self, text):
        with Folder() as folder, self.assertRaises(_runtime.LoadError) as caught:
            load_file(folder.file("load_d.py", text))
        self.assertEqual(1, caught.exception.exit_code)
        return caught.exception.message

    def test_a_missing_package_names_the_command_that_installs_it(self):
        self.assertIn("katydid pip install pyyaml_is_not_here", self.problem("import pyyaml_is_not_here\n"))

    def test_a_syntax_error_shows_its_place(self):
        text = self.problem("x = 1\ny = (\n")
        self.assertIn("load_d.py", text)
        self.assertIn("line 2", text)

    def test_python_2_is_recognised(self):
        self.assertIn("Python 2", self.problem("print 'hello'\n"))

    def test_an_exception_shows_the_user_s_frames_only(self):
        text = self.problem("def f():\n    return 1 / 0\nf()\n")
        self.assertIn("ZeroDivisionError", text)
        self.assertNotIn("_loading.py", text)


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
