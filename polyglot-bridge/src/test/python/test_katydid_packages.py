"""What `katydid pip` and `katydid check` make of what they read. Both run under an ordinary Python; their code is the same."""
import contextlib
import io
import os
import tempfile
import unittest
import zipfile

import _katydid_check as check
import _katydid_packages as known
import _katydid_pip as pip
import _katydid_wheels as wheels


class RequirementsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def test_what_katydid_brings_is_left_out_and_what_needs_compiled_code_is_refused(self):
        path = self.write("requirements.txt", "locust==2.20 # the tool\nFaker>=3\n\nnumpy\n Requests[socks]\norjson\n"
                                              "psycopg2-binary==2.9 ; python_version > '3'\nfoo==1 --hash=sha256:ab\n")
        work = pip._Installation(["-r", path, "six"])
        self.assertEqual(["Faker>=3", "PySocks>=1.5.6,!=1.5.7", "foo==1", "six"], work.wanted)
        self.assertEqual(["locust", "Requests", "orjson", "psycopg2-binary"], work.left_out)
        self.assertEqual(["numpy"], [one.split()[0] for one in work.refused])

    def test_files_that_a_file_names_are_read_from_its_folder(self):
        self.write("more.txt", "backoff\n-c limits.txt\n")
        path = self.write("requirements.txt", "-r more.txt\n--index-url http://127.0.0.1/x\n--user\n-e ./mine\n")
        work = pip._Installation(["-r" + path, "-t", "elsewhere", "--upgrade"])
        self.assertEqual(["backoff", "./mine"], work.wanted)
        self.assertEqual(["--constraint" if "--constraint" in work.options else "-c",
                          os.path.join(self.folder, "limits.txt"), "--index-url", "http://127.0.0.1/x"], work.options)

    def test_a_file_that_is_not_there_is_one_sentence(self):
        with self.assertRaisesRegex(pip.Failed, "cannot read nowhere.txt"):
            pip._Installation(["-r", "nowhere.txt"])
        with self.assertRaisesRegex(pip.Failed, "-r needs a value"):
            pip._Installation(["-r"])

    def test_what_pip_did_not_find(self):
        said = ("ERROR: Could not find a version that satisfies the requirement b>=2 (from a) (from versions: none)\n"
                "ERROR: No matching distribution found for b>=2\n    jinja2 3.1 depends on MarkupSafe>=2.0\n")
        self.assertEqual(["b>=2", "MarkupSafe>=2.0"], pip._missing(said))


class WheelsTest(unittest.TestCase):
    def needed(self, **sources):
        files = {name.replace("__", "/") + ".py": text.encode() for name, text in sources.items()}
        return wheels.needed_modules(files, ["pack/_fast.cpython-312-x86_64-linux-gnu.so"])

    def test_a_compiled_module_behind_a_try_is_not_needed(self):
        self.assertEqual([], self.needed(pack__init="", pack__a="try:\n  from ._fast import f\nexcept ImportError:\n  f = 1\n"))

    def test_one_that_is_imported_for_sure_is(self):
        self.assertEqual(["_fast"], self.needed(pack__a="from pack import _fast\n"))

    def test_one_that_only_an_optional_module_imports_is_not(self):
        self.assertEqual([], wheels.needed_modules(
            {"pack/__init__.py": b"try:\n  from .c import *\nexcept ImportError:\n  pass\n",
             "pack/c.py": b"from pack._fast import x\n"}, ["pack/_fast.so"]))

    def test_one_with_a_source_beside_it_is_not(self):
        self.assertEqual([], self.needed(pack___fast="", pack__a="import pack._fast\n"))

    def test_a_package_of_compiled_modules_only(self):
        self.assertEqual(["_fast"], wheels.needed_modules({}, ["pack/_fast.so"]))

    def test_an_empty_wheel_says_what_it_is(self):
        with tempfile.TemporaryDirectory() as folder:
            wheels.empty(folder, "locust-cloud", "1.2+katydid")
            with zipfile.ZipFile(os.path.join(folder, "locust_cloud-1.2+katydid-py3-none-any.whl")) as archive:
                text = archive.read("locust_cloud-1.2+katydid.dist-info/METADATA").decode()
                self.assertIsNone(archive.testzip())
        self.assertIn("Name: locust-cloud\nVersion: 1.2+katydid\n", text)


class NamesTest(unittest.TestCase):
    def test_what_to_install_for_a_module(self):
        for module, distribution in (("yaml", "pyyaml"), ("google.protobuf.json_format", "protobuf"),
                                     ("redis.asyncio", "redis"), ("dotenv", "python-dotenv"), ("azure.core.x", "azure-core")):
            self.assertEqual(distribution, known.distribution_of(module))

    def test_the_name_of_an_unknown_package_is_not_guessed(self):
        for module in ("some_thing.part", "archivist", "google.unknown", "azure"):
            self.assertIsNone(known.distribution_of(module))
            self.assertIn("katydid pip install NAME", known.how_to_get(module))
            self.assertNotIn(module, known.how_to_get(module))

    def test_a_refusal_names_the_alternative(self):
        for distribution in ("numpy", "pandas", "lxml", "confluent-kafka", "Pillow"):
            module = known.native_module(distribution)
            self.assertRegex(known.refusal(module, distribution), "does not run here. [A-Z]")
        for distribution in ("faker", "pydantic-core", "pycryptodome", "xxhash"):
            self.assertIsNone(known.native_module(distribution))
        self.assertEqual("pycryptodome", known.distribution_of("Crypto.Cipher"))
        self.assertRegex(known.refusal("opentelemetry.exporter.otlp.proto.grpc.trace_exporter"), "proto.http, which is pure")
        self.assertIsNone(known.refusal("opentelemetry.exporter.otlp.proto.http"))


class TracebackTest(unittest.TestCase):
    def test_frames_of_the_bridge_are_not_shown(self):
        import java
        import katydid
        from _katydid_log import traceback_text
        try:
            katydid.blocking(java.type("java.lang.Integer").parseInt, "x")
        except katydid.JavaException as error:
            lines = traceback_text(error).splitlines()
        self.assertEqual("Traceback (most recent call last):", lines[0])
        self.assertIn("test_katydid_packages.py", lines[1])
        self.assertEqual(1, sum(line.startswith("  File") for line in lines), lines)
        self.assertEqual('katydid.JavaException: java.lang.NumberFormatException: For input string: "x"', lines[-1])


class CheckTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def check(self, **files):
        """(exit code, output) of a check of the file `main`."""
        for name, text in files.items():
            with open(os.path.join(self.folder, name + ".py"), "w", encoding="utf-8") as file:
                file.write(text)
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            code = check.main([os.path.join(self.folder, "main.py")])
        return code, out.getvalue()

    def test_a_file_that_will_run(self):
        code, text = self.check(main="from base import Base\nfrom locust import FastHttpUser, events, run_single_user\n"
                                     "import orjson, gevent.pool, csv\n@events.test_start.add_listener\n"
                                     "def f(**_): pass\nclass Shop(Base):\n  pass\n",
                                base="from locust import HttpUser, task\nclass Base(HttpUser):\n  abstract = True\n")
        self.assertEqual(0, code, text)
        self.assertIn("user classes:  Shop (0 tasks)", text)
        self.assertIn("run it with: katydid -f", text)

    def test_missing_packages_come_with_the_command(self):
        code, text = self.check(main="import yaml\nimport other\n", other="from bs4 import BeautifulSoup\n")
        self.assertEqual(1, code)
        self.assertIn("install with:  katydid pip install pyyaml beautifulsoup4\n", text)

    def test_an_unknown_module_is_missing_without_a_guess(self):
        code, text = self.check(main="import archivist\ntry:\n  import curator\nexcept ImportError:\n  pass\n")
        self.assertEqual(1, code)
        self.assertIn("will not work: line 1: archivist is not installed. If it is a module of your project, put it", text)
        self.assertNotIn("pip install archivist", text)
        self.assertNotIn("pip install curator", text)

    def installed(self, name, needs=(), **files):
        """Puts a package into the folder of installed ones."""
        site = os.path.join(self.folder, ".katydid", "site-packages")
        info = os.path.join(site, name + "-1.dist-info")
        os.makedirs(info)
        record = []
        for path, text in {**files, "METADATA": "".join(f"Requires-Dist: {one}\n" for one in needs),
                           "WHEEL": "Katydid-Size: 8100000\n"}.items():
            where = f"{name}-1.dist-info/{path}" if path.isupper() else path
            record.append(f"{where},,\n")
            with open(os.path.join(site, where), "w", encoding="utf-8") as file:
                file.write(text)
        with open(os.path.join(info, "RECORD"), "w", encoding="utf-8") as file:
            file.writelines(record)

    def test_compiled_code_that_works_is_told_with_its_threads_and_size(self):
        self.installed("models", needs=["core-of-models==1", "extra>1; extra == 'x'"], **{"models.py": ""})
        self.installed("core_of_models", **{"core_of_models.graalpy250-312-native-x86_64-linux.so": ""})
        users = "from locust import User\nclass U(User): pass\n"
        code, text = self.check(main="import models\nimport sqlite3\n" + users)
        self.assertEqual(0, code, text)
        self.assertIn("will work:     line 1: models, on platform threads, from a wheel of 8 MB\n", text)
        self.assertIn("will work:     line 2: sqlite3, on platform threads\n", text)
        code, text = self.check(main="def f():\n  import core_of_models\n" + users)
        self.assertEqual(0, code, text)
        self.assertIn("line 2: core_of_models has compiled code; import it at the top of the locustfile", text)
        code, text = self.check(main="import xxhash\n" + users)
        self.assertEqual(1, code, text)
        self.assertIn("then works:    line 1: xxhash, on platform threads, from a wheel of 45 kB\n", text)

    def test_what_needs_compiled_code(self):
        code, text = self.check(main="import numpy as np\n")
        self.assertEqual(1, code)
        self.assertIn("line 1: numpy needs compiled code, which does not run here. Use", text)

    def test_imports_with_a_way_out_are_notes(self):
        code, text = self.check(main="try:\n  import numpy, yaml\nexcept ImportError:\n  numpy = None\n"
                                     "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n  import nothing\n"
                                     "from locust import User\nclass Shop(User):\n  pass\n")
        self.assertEqual(0, code, text)
        self.assertIn("to note:       line 2: yaml is not installed, and is used if it is", text)
        self.assertNotIn("nothing is not installed", text)

    def test_names_locust_does_not_have(self):
        code, text = self.check(main="from locust import HttpUsr, events, task\nfrom locust.exception import StopUser\n"
                                     "events.request_success.fire()\n")
        self.assertEqual(1, code)
        self.assertIn("line 1: locust has no HttpUsr. Did you mean HttpUser?", text)
        self.assertIn("line 3: there is no event events.request_success. It is of Locust 0.x", text)

    def problem(self, main, **files):
        code, text = self.check(main="from locust import HttpUser\nclass Shop(HttpUser):\n  pass\n" + main, **files)
        self.assertEqual(1, code, text)
        self.assertNotIn("nothing is in the way", text)
        return text

    def test_what_only_the_compiler_finds(self):
        self.assertIn("line 4: 'return' outside function", self.problem("return 1\n"))
        self.assertIn("line 4: 'break' outside loop", self.problem("break\n"))

    def test_a_locustfile_is_no_part_of_a_package(self):
        self.assertIn("line 4: a locustfile is no part of a package, so it cannot import from '.other'",
                      self.problem("from .other import X\n", other="X = 1\n"))

    def test_names_that_a_module_of_the_project_does_not_have(self):
        self.assertIn("line 4: other has no URLS. Did you mean URL?",
                      self.problem("from other import URLS\n", other="URL = 1\n"))
        made = "from locust import HttpUser\nfrom other import URLS\nclass Shop(HttpUser):\n  pass\n"
        for other in ("from os import *\n", "def __getattr__(name):\n  return 1\n", "globals()['URLS'] = 1\n"):
            self.assertEqual(0, self.check(main=made, other=other)[0], other)

    def test_a_file_without_users(self):
        code, text = self.check(main="import other\nx = 1\n", other="")
        self.assertEqual(1, code)
        self.assertIn("No User class found", text)
        self.assertEqual(0, self.check(main="from other import make\nUser = make()\n", other="def make():\n  return type('A', (), {})\n")[0])

    def test_a_file_of_another_kind(self):
        path = os.path.join(self.folder, "notes.txt")
        open(path, "w").close()
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            self.assertEqual(1, check.main([path]))
        self.assertIn("its name must end with .py", out.getvalue())

    def test_deep_expressions_are_read(self):
        code, text = self.check(main="from locust import HttpUser\nclass Shop(HttpUser):\n  pass\nx = " + "+".join(["1"] * 5000))
        self.assertIn(code, (0, 90), text)

    def test_paths_are_quoted_in_what_is_to_be_typed(self):
        self.folder = os.path.join(self.folder, "my tests")
        os.mkdir(self.folder)
        code, text = self.check(main="from locust import HttpUser\nclass Shop(HttpUser):\n  pass\n")
        self.assertEqual(0, code, text)
        self.assertIn("run it with: katydid -f '", text)
        open(os.path.join(self.folder, "requirements.txt"), "w").close()
        self.assertRegex(self.check(main="import yaml\n")[1], "katydid pip install -r '.*my tests/requirements.txt'")

    def test_syntax_errors(self):
        code, text = self.check(main="import os\nif os\n")
        self.assertEqual(1, code)
        self.assertIn("main.py, line 2: ", text)

    def test_python_2_is_converted(self):
        code, text = self.check(main="import os\nprint 'x'\n")
        self.assertEqual(0, code)
        self.assertIn("main.py is Python 2.", text)

    def test_a_file_that_is_not_there(self):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            self.assertEqual(1, check.main([os.path.join(self.folder, "nowhere.py")]))
        self.assertIn("There is no file", out.getvalue())
