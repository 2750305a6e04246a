"""`katydid pip` as an ordinary Python runs it, with an index that is a folder of wheels made here. No network."""
import base64
import hashlib
import os
import platform
import subprocess
import sys
import tempfile
import unittest
import zipfile
from unittest import mock

COMMAND = os.path.join(os.environ["KATYDID_PYTHON_SOURCES"], "_katydid_pip.py")


def digest(path):
    with open(path, "rb") as file:
        return "sha256:" + hashlib.sha256(file.read()).hexdigest()


class PipTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.index = os.path.join(folder.name, "index")
        self.home = os.path.join(folder.name, "home")
        os.mkdir(self.index)
        os.mkdir(self.home)

    def wheel(self, name, version, files, needs=(), tag="py3-none-any"):
        """Puts a wheel into the index; its path."""
        plain = name.replace("-", "_")
        info = f"{plain}-{version}.dist-info"
        needed = "".join(f"Requires-Dist: {one}\n" for one in needs)
        files = {**{path: text.encode() for path, text in files.items()},
                 f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{needed}".encode(),
                 f"{info}/WHEEL": f"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: {tag}\n".encode()}
        path = os.path.join(self.index, f"{plain}-{version}-{tag}.whl")
        record = ""
        with zipfile.ZipFile(path, "w") as archive:
            for file, content in files.items():
                archive.writestr(file, content)
                sum_of_file = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
                record += f"{file},sha256={sum_of_file},{len(content)}\n"
            archive.writestr(f"{info}/RECORD", record + f"{info}/RECORD,,\n")
        return path

    def pip(self, command, *words):
        """(exit code, standard output, standard error)"""
        options = ["--no-index", "--find-links", self.index] if command == "install" else []
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
        done = subprocess.run([sys.executable, "-B", COMMAND, command, *options, *words], cwd=self.home, text=True,
                              capture_output=True, env=environment, check=False)
        return done.returncode, done.stdout, done.stderr

    def installed(self, *words):
        code, out, err = self.pip("install", *words)
        self.assertEqual(0, code, out + err)
        return out + err

    def file(self, name, text):
        path = os.path.join(self.home, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return name

    def site(self, *parts):
        folder = os.path.join(self.home, ".katydid", "site-packages", *parts)
        return sorted(os.listdir(folder)) if os.path.isdir(folder) else []


class SharedFoldersTest(PipTest):
    def test_a_folder_of_two_packages_keeps_the_modules_of_both(self):
        self.wheel("shared-core", "1", {"shared/core/__init__.py": "", "shared/core/deep.py": ""})
        self.wheel("shared-more", "1", {"shared/more.py": ""})
        self.installed("shared-core")
        self.installed("shared-more")
        self.assertEqual(["core", "more.py"], self.site("shared"))
        self.assertEqual(0, self.pip("uninstall", "-y", "shared-core")[0])
        self.assertEqual(["more.py"], self.site("shared"))
        self.assertEqual(["shared", "shared_more-1.dist-info"], self.site())
        self.assertEqual(0, self.pip("uninstall", "shared_more")[0])
        self.assertEqual([], self.site())

    def test_a_file_of_two_packages_stays_while_one_has_it(self):
        for name in ("twin-a", "twin-b"):
            self.wheel(name, "1", {"twin/__init__.py": "# both", f"twin/{name[-1]}.py": ""})
            self.installed(name)
        self.pip("uninstall", "twin-a")
        self.assertEqual(["__init__.py", "b.py"], self.site("twin"))


class VersionsTest(PipTest):
    def test_another_version_takes_the_place_of_the_old_one(self):
        self.wheel("thing", "1", {"thing/__init__.py": "", "thing/old.py": ""})
        self.wheel("thing", "2", {"thing.py": ""})
        self.installed("thing==1")
        self.installed("thing==2")
        self.assertEqual(["thing-2.dist-info", "thing.py"], self.site())
        self.installed("thing==1")
        self.assertEqual(["__init__.py", "old.py"], self.site("thing"))
        self.assertIn("thing==1", self.pip("freeze")[1])
        self.assertNotIn("thing==2", self.pip("freeze")[1])

    def test_the_scripts_of_a_package_come_and_go_with_it(self):
        self.wheel("tool", "1", {"tool.py": "", "tool-1.data/scripts/tool": "#!python\n"})
        self.installed("tool")
        self.assertEqual(["tool"], self.site("bin"))
        self.pip("uninstall", "tool")
        self.assertEqual([], self.site())


class HashesTest(PipTest):
    def test_what_has_one_of_the_hashes_is_installed(self):
        right = digest(self.wheel("thing", "1", {"thing.py": ""}))
        for words in (["--require-hashes"], []):
            name = self.file("requirements.txt", f"locust==2.47.0 --hash=sha256:{'1' * 64}\n"
                             f"thing==1 \\\n    --hash=sha256:{'0' * 64} \\\n    --hash={right}\n")
            self.installed(*words, "-r", name)
            self.assertEqual(["thing-1.dist-info", "thing.py"], self.site())

    def test_other_content_is_refused(self):
        self.wheel("thing", "1", {"thing.py": ""})
        code, _, err = self.pip("install", "-r", self.file("requirements.txt", f"thing==1 --hash=sha256:{'0' * 64}\n"))
        self.assertEqual(1, code)
        self.assertIn("DO NOT MATCH THE HASHES", err)
        self.assertEqual([], self.site())

    def test_so_is_what_has_no_hash_beside_others(self):
        right = digest(self.wheel("thing", "1", {"thing.py": ""}, needs=["other"]))
        self.wheel("other", "3", {"other.py": ""})
        code, _, err = self.pip("install", "-r", self.file("requirements.txt", f"thing==1 --hash={right}\n"))
        self.assertEqual(1, code)
        self.assertIn("there are none for other==3. Nothing was installed.", err)
        self.assertEqual([], self.site())

    def test_compiled_parts_are_thrown_away_after_the_content_was_compared(self):
        path = self.wheel("mixed", "1", {"mixed/__init__.py": "try:\n    from . import _fast\nexcept ImportError:\n    pass\n",
                                         "mixed/_fast.cpython-312-x86_64-linux-gnu.so": "code"},
                          tag="cp312-cp312-manylinux_2_17_x86_64")
        code, _, err = self.pip("install", "-r", self.file("requirements.txt", f"mixed==1 --hash=sha256:{'0' * 64}\n"))
        self.assertEqual(1, code)
        self.assertIn("none of the hashes", err)
        self.installed("-r", self.file("requirements.txt", f"mixed==1 --hash={digest(path)}\n"))
        self.assertEqual(["__init__.py"], self.site("mixed"))


class CompiledTest(PipTest):
    """Wheels with compiled parts for this machine."""
    MACHINE = f"manylinux_2_17_{platform.machine()}"
    CPYTHON = "cp312-cp312-" + MACHINE

    def setUp(self):
        super().setUp()
        if platform.libc_ver()[0] != "glibc":
            self.skipTest("the wheels of this test are for Linux with glibc")

    def fast(self, tag, ending, asks="PyModuleDef_Init"):
        return self.wheel("fast", "1", {"fast/__init__.py": "from . import _fast\n",
                                        f"fast/_fast.{ending}": f"\x7fELF\0PyInit__fast\0{asks}\0"}, tag=tag)

    def test_a_wheel_for_graalpy_is_taken_where_the_compiled_part_is_needed(self):
        self.fast(self.CPYTHON, "cpython-312-x86_64-linux-gnu.so")
        code, _, err = self.pip("install", "fast")
        self.assertEqual(1, code)
        self.assertIn("fast needs compiled code (_fast)", err)
        self.fast("graalpy312-graalpy250_312_native-" + self.MACHINE, "graalpy250-312-native-x86_64-linux.so")
        self.assertIn("fast: a wheel for GraalPy of 1 kB", self.installed("fast"))
        self.assertEqual(["__init__.py", "_fast.graalpy250-312-native-x86_64-linux.so"], self.site("fast"))

    def test_it_is_compared_with_the_hashes(self):
        self.fast(self.CPYTHON, "cpython-312-x86_64-linux-gnu.so")
        right = digest(self.fast("graalpy312-graalpy250_312_native-" + self.MACHINE, "so"))
        name = self.file("requirements.txt", f"fast==1 --hash={right} --hash={digest(self.fast(self.CPYTHON, 'so'))}\n")
        self.installed("-r", name)
        self.assertEqual(["__init__.py", "_fast.so"], self.site("fast"))

    def test_a_wheel_of_cpython_is_taken_if_its_libraries_do_not_know_python(self):
        self.fast("cp37-abi3-" + self.MACHINE, "abi3.so", "malloc")
        self.assertIn("whose compiled parts do not need Python", self.installed("fast"))
        self.assertEqual(["__init__.py", "_fast.so"], self.site("fast"))


class BuildTest(PipTest):
    """What is compiled here: cffi, of which the index has a wheel of CPython's only."""

    def setUp(self):
        super().setUp()
        self.wheel("cffi", "1", {"cffi.py": "", "_cffi_backend.so": "\x7fELF\0PyModuleDef_Init\0"},
                   tag="cp312-cp312-manylinux_2_17_x86_64")
        self.cache = os.path.join(self.home, "cache")
        variables = mock.patch.dict(os.environ, {"XDG_CACHE_HOME": self.cache})
        variables.start()
        self.addCleanup(variables.stop)
        os.environ.pop("KATYDID_RUNTIME_DIR", None)

    def test_what_is_missing_for_it_is_one_sentence(self):
        # The sources alone, without a build of Katydid, have no headers of GraalPy's.
        code, _, err = self.pip("install", "cffi")
        self.assertEqual(1, code)
        self.assertRegex(err, r"cffi has to be compiled, for which this is missing: GraalPy's headers \(katydid build\).*\. "
                              r"Install it \(Debian, Ubuntu: apt install .*libffi-dev\) and try again\.")
        self.assertEqual([], self.site())

    def test_what_was_built_before_is_taken_again(self):
        built = self.wheel("cffi", "1", {"cffi.py": "BUILT = True\n", "_cffi_backend.graalpy.so": ""}, tag="graalpy312-none-any")
        kept = os.path.join(self.cache, "katydid", "wheels", f"graalpy--{platform.machine()}")
        os.makedirs(kept)
        os.rename(built, os.path.join(kept, "cffi-1-built.whl"))
        self.assertIn("cffi: built before", self.installed("cffi"))
        self.assertEqual(["_cffi_backend.graalpy.so", "cffi-1.dist-info", "cffi.py"], self.site())


class LeftOutTest(PipTest):
    def test_the_extras_of_what_katydid_brings_are_installed(self):
        self.wheel("paho-mqtt", "2.5", {"paho/mqtt.py": ""})
        self.wheel("user", "1", {"user.py": ""}, needs=["locust[mqtt]>=2"])
        self.installed("locust[mqtt]")
        self.assertEqual(["mqtt.py"], self.site("paho"))
        self.pip("uninstall", "paho-mqtt")
        self.installed("user")
        self.assertEqual(["mqtt.py"], self.site("paho"))
        self.assertIn("locust has no extra 'kafka'; it has dns, milvus, mqtt", self.installed("locust[kafka]"))

    def test_what_a_lock_file_names_for_locust_is_no_failure(self):
        self.wheel("thing", "1", {"thing.py": ""})
        text = "gevent==25.9.1\nbrotli==1.2.0\nthing==1\npyzmq==27.1.0\n"
        self.assertIn("brotli, pyzmq: for Locust itself",
                      self.installed("-r", self.file("requirements.txt", "locust==2.43.0\n" + text)))
        code, _, err = self.pip("install", "-r", self.file("without.txt", text))
        self.assertEqual(1, code, err)
        self.assertIn("pyzmq needs compiled code", err)

    def test_a_dependency_that_does_not_exist_is_a_failure_that_leaves_the_rest(self):
        self.wheel("thing", "1", {"thing.py": ""}, needs=["not-there>=3"])
        code, _, err = self.pip("install", "thing")
        self.assertEqual(1, code)
        self.assertIn("There is no 'not-there>=3'", err)
        self.assertIn("not everything is there: not-there", err)
        self.assertIn("thing.py", self.site())


class AddressesTest(PipTest):
    def test_a_folder_is_itself_installed_and_not_what_the_index_has_under_its_name(self):
        self.wheel("mine", "1.0", {"mine.py": "STRANGER = True\n"})
        own = os.path.join(self.index, "own.whl")
        os.rename(self.wheel("mine", "1.0", {"mine.py": "OWN = True\n"}), own)
        path = os.path.join(self.home, "mine-1.0-py3-none-any.whl")
        os.rename(own, path)
        self.wheel("mine", "1.0", {"mine.py": "STRANGER = True\n"})
        self.installed(path)
        with open(os.path.join(self.home, ".katydid", "site-packages", "mine.py"), encoding="utf-8") as file:
            self.assertEqual("OWN = True\n", file.read())


class OtherFileSystemTest(PipTest):
    def test_files_move_to_another_file_system(self):
        import errno
        sys.path.insert(0, os.environ["KATYDID_PYTHON_SOURCES"])
        import _katydid_site
        fresh = os.path.join(self.home, "fresh")
        with zipfile.ZipFile(self.wheel("thing", "1", {"thing/a.py": "A = 1\n"})) as archive:
            archive.extractall(fresh)
        site = os.path.join(self.home, ".katydid", "site-packages")
        far = OSError(errno.EXDEV, "Invalid cross-device link")
        with mock.patch("os.rename", side_effect=far), mock.patch("os.replace", side_effect=far):
            _katydid_site.move_in(fresh, site)
        self.assertEqual(["thing", "thing-1.dist-info"], self.site())
        with open(os.path.join(site, "thing", "a.py"), encoding="utf-8") as file:
            self.assertEqual("A = 1\n", file.read())


class ShownTest(PipTest):
    def test_what_katydid_brings_is_listed_and_shown(self):
        self.wheel("thing", "1", {"thing.py": ""})
        self.installed("thing")
        self.assertRegex(self.pip("list")[1], r"(?s)locust +2\.47\.0.*thing +1")
        for name, version in (("locust", "2.47.0"), ("thing", "1")):
            code, out, _ = self.pip("show", name)
            self.assertEqual(0, code)
            self.assertIn(f"Name: {name}\nVersion: {version}\n", out)
        self.assertEqual(1, self.pip("show", "stranger")[0])


if __name__ == "__main__":
    unittest.main()
