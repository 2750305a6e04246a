"""Wheels that the index does not have as pip of an ordinary Python wants them: empty ones that stand in for modules of Katydid,
pure Python ones made of packages with optional compiled parts or of sources, and those with compiled parts that GraalPy can
load. Used by `katydid pip` under an ordinary Python 3."""
import ast
import base64
import glob
import hashlib
import os
import platform
import re
import subprocess
import sys
import zipfile

import _katydid_builds as builds
import _katydid_packages as known
import _katydid_site
from _katydid_packages import normalized

_COMPILED = re.compile(r"\.(so|pyd|dylib|dll|a)(\.\d+)*$")
_PYTHON = ["--only-binary=:all:", "--python-version", "3.12"]
PURE = [*_PYTHON, "--implementation", "py", "--platform", "any"]
# Any system will do: the compiled parts are thrown away.
COMPILED = [*_PYTHON, "--implementation", "cp", "--abi", "cp312", "--abi", "abi3", "--abi", "none"]
for _system in ("_2_28", "_2_17", "2014", "_2_5", "1"):
    COMPILED += ["--platform", f"manylinux{_system}_x86_64"]
def _own_platforms():
    """The systems whose compiled wheels run on this machine, as options of pip."""
    machine = platform.machine()
    if sys.platform == "darwin":
        names = [f"macosx_{major}_0_{kind}" for major in range(11, int(platform.mac_ver()[0].split(".")[0] or 11) + 1)
                 for kind in (machine, "universal2")]
    else:
        library, version = platform.libc_ver()
        minor = int(version.split(".")[1]) if library == "glibc" else -1
        names = [f"manylinux_2_{one}_{machine}" for one in range(minor, 4, -1)]
        names += [f"manylinux{one}_{machine}" for one in ("2014", "2010", "1")] if minor >= 17 else []
    return [word for name in names for word in ("--platform", name)]


# What a wheel of GraalPy's is made for, as its file is named: the interpreter that Katydid brings.
GRAALPY_ABI = "graalpy250_312_native"
GRAALPY = [*_PYTHON, "--implementation", "graalpy", "--abi", GRAALPY_ABI, *_own_platforms()]
# Of CPython: only what calls nothing of it.
_OWN_CPYTHON = [*_PYTHON, "--implementation", "cp", "--abi", "cp312", "--abi", "abi3", "--abi", "none", *_own_platforms()]
# A function of Python's C API that a library wants to be given.
_ASKS_PYTHON = re.compile(rb"\x00_?Py(?!Init_)[A-Z]\w+(?=\x00)")
# How libraries begin, on Linux and macOS.
_LIBRARY = (b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
# Ask sources to leave their compiled parts away: no compiler, and the switches some packages have for that.
_WITHOUT_COMPILERS = {
    "CC": "false", "CXX": "false", "CARGO": "false", "RUSTC": "false", "MSGPACK_PUREPYTHON": "1",
    "DISABLE_SQLALCHEMY_CEXT": "1", "WRAPT_DISABLE_EXTENSIONS": "1", "AIOHTTP_NO_EXTENSIONS": "1",
    "MULTIDICT_NO_EXTENSIONS": "1", "YARL_NO_EXTENSIONS": "1", "FROZENLIST_NO_EXTENSIONS": "1",
    "BUILD_EXTENSION": "no", "DISABLE_SPEEDUPS": "1", "PURE_PYTHON": "1", "CHARSET_NORMALIZER_USE_MYPYC": "0"}
_BUILD_SECONDS = 300


class OtherContent(Exception):
    """What the index has is not what the hashes of a requirements file ask for."""


class NotInIndex(str):
    """The sentence that the index has no such package."""


def empty(folder, name, version, extras=None):
    """A wheel without modules, so that other packages find what they require; extras as {name: requirements}."""
    plain = name.replace("-", "_")
    info = f"{plain}-{version}.dist-info"
    files = {f"{info}/METADATA": _metadata(name, version, extras or {}),
             f"{info}/WHEEL": _wheel_file(), f"{info}/INSTALLER": b"katydid\n"}
    _write(os.path.join(folder, f"{plain}-{version}-py3-none-any.whl"), info, files)


def write_info(folder, name, version, summary):
    """What tells pip that a package is installed in a folder."""
    info = os.path.join(folder, f"{name.replace('-', '_')}-{version}.dist-info")
    os.mkdir(info)
    for file, content in (("METADATA", _metadata(name, version, {}, summary)), ("INSTALLER", b"katydid\n")):
        with open(os.path.join(info, file), "wb") as out:
            out.write(content)


def _metadata(name, version, extras, summary=None):
    lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
    if summary:
        lines.append(f"Summary: {summary}")
    for extra, requirements in extras.items():
        lines.append(f"Provides-Extra: {extra}")
        lines += [f"Requires-Dist: {one} ; extra == '{extra}'" for one in requirements]
    return ("\n".join(lines) + "\n").encode()


class Maker:
    """Makes pure Python wheels in `house`. Where `hashes` has some for a package, only files with one of them are used."""

    def __init__(self, folder, house, options, hashes, say, graalpy_index=None):
        self.folder = folder
        self.house = house
        self.options = options
        self.hashes = hashes
        self.say = say
        self.builder = builds.Builder(folder, options, say)
        self.graalpy_index = ["--index-url", graalpy_index] if graalpy_index else None

    def named(self, requirements):
        """The words that name requirements to pip: themselves, or a file where content is asked for. Of a wheel that was
        made here its own hash counts."""
        if not self.hashes:
            return requirements
        path = os.path.join(self.folder, "wanted.txt")
        with open(path, "w", encoding="utf-8") as file:
            for one in requirements:
                name, _, version = one.partition("==")
                made = _only(self.house, name, version)
                if made is not None:
                    with open(made, "rb") as wheel:
                        hashes = ["sha256:" + hashlib.sha256(wheel.read()).hexdigest()]
                else:
                    hashes = self.hashes.get(normalized(name), [])
                file.write(" ".join([one, *(f"--hash={hash}" for hash in hashes)]) + "\n")
        return ["--require-hashes", "-r", path]

    def make(self, name, version):
        """Makes a wheel that can be installed, of a version of which the index has a compiled one; None, or why that cannot
        be."""
        requirement = f"{name}=={version}"
        if self._fetched(requirement, name, PURE):
            return None
        if normalized(name) in known.BUILDABLE:
            return None if self.compiled(name, version) else self.built(name, version)
        wheel = self._fetched(requirement, name, COMPILED)
        if asks_nothing_of_python(wheel) and self.compiled(name, version):
            return None
        needs = self._keep(self._fetched(requirement, name, COMPILED))
        if needs is None:
            self.say(f"{name}: without its compiled parts, which are optional")
            return None
        if self.compiled(name, version):
            return None
        return self.from_source(requirement, name, needs)

    def built(self, name, version):
        """Puts a wheel that is compiled here into the house; None, or why that cannot be."""
        if self.hashes:
            return f"{name} has to be compiled, which is not done where hashes are required."
        wheel, problem = self.builder.build(name, version)
        if wheel is not None:
            self._take(wheel, name, f"compiled for GraalPy, {_size(wheel)}")
        return problem

    def compiled(self, name, version):
        """Puts a wheel with compiled parts that GraalPy can load into the house, of this machine's system; whether there is
        one."""
        requirement = f"{name}=={version}"
        for extra in ([], self.graalpy_index):
            wheel = self._fetched(requirement, name, [*GRAALPY, *extra]) if extra is not None else None
            if wheel is not None:
                self._take(wheel, name, f"a wheel for GraalPy of {_size(wheel)}")
                return True
        wheel = self._fetched(requirement, name, _OWN_CPYTHON)
        if wheel is None or not asks_nothing_of_python(wheel):
            return False
        self._take(wheel, name, f"a wheel of {_size(wheel)}, whose compiled parts do not need Python")
        return True

    def _take(self, wheel, name, what):
        """Puts a wheel into the house under a name that says that it runs anywhere, or pip would not install it for us."""
        self.say(f"{name}: {what}")
        with zipfile.ZipFile(wheel) as archive:
            files = {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}
        # GraalPy does not know CPython's endings.
        files = {re.sub(r"\.(abi3|cpython-[\w-]+)\.so$", ".so", path): content for path, content in files.items()}
        self._put(wheel, files, os.path.getsize(wheel))

    def _put(self, wheel, files, size=None):
        info = next(path.split("/")[0] for path in files if path.split("/")[0].endswith(".dist-info"))
        files[f"{info}/WHEEL"] = _wheel_file() + (b"" if size is None else f"{_katydid_site.SIZE}: {size}\n".encode())
        files.pop(f"{info}/RECORD", None)
        name = "-".join(os.path.basename(wheel).split("-")[:2])
        _write(os.path.join(self.house, f"{name}-py3-none-any.whl"), info, files)

    def from_source(self, requirement, name, needs=None):
        """Makes a pure wheel of a source; None, or why that cannot be."""
        if self.hashes and "==" not in requirement:
            return f"Hashes are required, and the version of {requirement} is not given with '=='."
        self.say(f"{name}: trying its source")
        wheel, log = self._built(requirement, name)
        if wheel is not None:
            needs = self._keep(wheel)
            if needs is None:
                return None
        if needs is not None:
            return (f"{name} needs compiled code ({needs}), which does not run here; look for a pure Python package "
                    f"for the same, or a Java library (docs/java-from-a-locustfile.md).")
        if "No matching distribution" in log or "Could not find a version" in log:
            return NotInIndex(f"There is no '{requirement}' in the package index.")
        tail = "\n".join("  " + line for line in log.strip().splitlines()[-12:])
        return (f"{requirement} has no wheel and its source cannot be built without a compiler; it probably needs "
                f"compiled code, which does not run here. pip said:\n{tail}\n")

    def from_address(self, name, address):
        """Makes a pure wheel of a folder, an archive or a repository that the user has named; None, or why that cannot be."""
        folder = self._empty_folder(name)
        answer = self._pip(["wheel", "--no-deps", "-w", folder], address, _WITHOUT_COMPILERS)
        wheel = _only(folder, name)
        if wheel is None:
            tail = "\n".join("  " + line for line in answer.stdout.strip().splitlines()[-12:])
            return f"{name} cannot be built from {address}. pip said:\n{tail}\n"
        needs = self._keep(wheel)
        if needs is not None:
            return f"{name} of {address} needs compiled code ({needs}), which does not run here."
        return None

    def _fetched(self, requirement, name, kind):
        """A wheel of this kind from the index; pure ones go into the house. None if there is none."""
        folder = self.house if kind is PURE else self._empty_folder(name)
        words = ["download", "--no-deps", *kind, "-d", folder]
        return self._pip(words, requirement).returncode == 0 and _only(folder, name) or None

    def _built(self, requirement, name):
        folder = self._empty_folder(name)
        answer = self._pip(["wheel", "--no-deps", "--no-binary", name, "--ignore-requires-python", "-w", folder],
                           requirement, _WITHOUT_COMPILERS)
        return _only(folder, name), answer.stdout

    def _empty_folder(self, name):
        folder = os.path.join(self.folder, name)
        os.makedirs(folder, exist_ok=True)
        for old in glob.glob(os.path.join(folder, "*")):
            os.remove(old)
        return folder

    def _pip(self, words, requirement, environment=None):
        options = [one for one in self.options if one not in ("--no-deps", "--dry-run", "--pre")]
        named = self.named([requirement]) if "==" in requirement else [requirement]
        command = [sys.executable, "-m", "pip", *words, "--disable-pip-version-check", *options, *named]
        try:
            answer = subprocess.run(command, env={**os.environ, **(environment or {})}, stdout=subprocess.PIPE,
                                    stderr=subprocess.STDOUT, text=True, errors="replace", timeout=_BUILD_SECONDS,
                                    check=False)
        except subprocess.TimeoutExpired:
            return subprocess.CompletedProcess(command, 1, f"it took more than {_BUILD_SECONDS} s")
        if "DO NOT MATCH THE HASHES" in answer.stdout:
            raise OtherContent(f"what the package index has for {requirement} has none of the hashes of the requirements "
                               "file. Nothing was installed.")
        return answer

    def _keep(self, wheel):
        """Puts a wheel without its compiled parts into the house; None, or the module it cannot do without."""
        with zipfile.ZipFile(wheel) as archive:
            files = {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}
        compiled = [path for path in files if _COMPILED.search(path)]
        for path in compiled:
            del files[path]
        needed = needed_modules(files, compiled)
        if needed:
            return needed[0]
        self._put(wheel, files)
        return None


def asks_nothing_of_python(wheel):
    """Whether the compiled parts of a wheel are loaded by ctypes or cffi: they call no function of Python."""
    with zipfile.ZipFile(wheel) as archive:
        libraries = [archive.read(path) for path in archive.namelist() if _COMPILED.search(path)]
    return bool(libraries) and all(one.startswith(_LIBRARY) and not _ASKS_PYTHON.search(one) for one in libraries)


def _size(file):
    """How much a file takes, for people."""
    return known.size(os.path.getsize(file))


def needed_modules(files, compiled):
    """Of the compiled modules, those that Python modules of the same package import without a way out."""
    names = {path.split("/")[-1].split(".")[0]: path for path in compiled if re.search(r"\.(so|pyd)$", path)}
    with_source = {path.rsplit("/", 1)[-1][:-3] for path in files if path.endswith(".py")}
    names = {name: path for name, path in names.items() if name not in with_source}
    if not names:
        return []
    sources = [(path, text) for path, text in files.items() if path.endswith(".py") and "test" not in path.lower()]
    trees = {}
    for path, text in sources:
        try:
            trees[path[:-3].removesuffix("/__init__").replace("/", ".")] = ast.parse(text)
        except (SyntaxError, ValueError):
            continue
    needed = []
    for module in _executed_modules(trees):
        for name in imports_without_way_out(trees[module]):
            last = name.split(".")[-1]
            if last in names and last not in needed:
                needed.append(last)
    # A package of nothing but compiled modules is needed itself.
    if not needed and not sources:
        needed = sorted(names)
    return needed


def _executed_modules(trees):
    """The modules that are executed whenever the package is imported: its top, and what that imports for sure."""
    todo = [name for name in trees if "." not in name] or list(trees)
    reached = []
    while todo:
        module = todo.pop()
        if module in reached:
            continue
        reached.append(module)
        for name in imports_without_way_out(trees[module]):
            todo += [one for one in trees if one == name or one.endswith("." + name)]
    return reached


def imports_without_way_out(tree):
    """Dotted names imported when a module is executed, outside of try, if and functions."""
    for node in _executed(tree.body):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name
        elif isinstance(node, ast.ImportFrom):
            if node.module:
                yield node.module
            for alias in node.names:
                yield f"{node.module or ''}.{alias.name}".strip(".")


def _executed(body):
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield from _executed(node.body)
        elif isinstance(node, ast.Try) and not node.handlers:
            yield from _executed(node.body)
        else:
            yield node


def _only(folder, name, version=None):
    plain = _file_name(name)
    for path in glob.glob(os.path.join(folder, "*.whl")):
        parts = os.path.basename(path).split("-")
        if _file_name(parts[0]) == plain and version in (None, parts[1]):
            return path
    return None


def _file_name(name):
    """A package's name as files of wheels have it."""
    return re.sub(r"[-_.]+", "_", name).lower()


def _wheel_file():
    return b"Wheel-Version: 1.0\nGenerator: katydid\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def _write(path, info, files):
    record = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
            record.append(f"{name},sha256={digest},{len(content)}")
        archive.writestr(f"{info}/RECORD", "\n".join([*record, f"{info}/RECORD,,", ""]))
