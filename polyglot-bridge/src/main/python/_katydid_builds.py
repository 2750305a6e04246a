"""Wheels of compiled packages that are built here from their source, for GraalPy. Used by `katydid pip` under an ordinary Python 3.

A CPython 3.12 with its usual tools does the work, in a virtual environment of its own. While it builds it takes itself for
GraalPy (`_FAKE`), so that the tools find GraalPy's headers and give the result its name. What was built is kept by package,
version and GraalPy, in the cache folder of Katydid.
"""
import glob
import os
import re
import shutil
import subprocess
import sys
import tarfile
import time
import zipfile

import _katydid_packages as known

# An import of `sitecustomize` runs this in every Python of the environment; only what sees the variable changes.
_FAKE = '''import os
_headers = os.environ.get("KATYDID_GRAALPY_HEADERS")
if _headers:
    import builtins, platform, sys, sysconfig, types
    _abi = os.environ["KATYDID_GRAALPY_SOABI"]
    _version = os.environ["KATYDID_GRAALPY_VERSION"]
    sys.implementation = types.SimpleNamespace(**{**vars(sys.implementation), "name": "graalpy"})
    platform.python_implementation = lambda: "GraalVM"
    builtins.__graalpython__ = types.SimpleNamespace(get_graalvm_version=lambda: _version)
    _variables = sysconfig.get_config_vars()
    _variables.update(SOABI=_abi, EXT_SUFFIX=f".{_abi}.so", INCLUDEPY=_headers, CONFINCLUDEPY=_headers, SHLIB_SUFFIX=".so")
    _paths = sysconfig.get_paths
    def get_paths(*args, **kwargs):
        return {**_paths(*args, **kwargs), "include": _headers, "platinclude": _headers}
    sysconfig.get_paths = get_paths
    sysconfig.get_path = lambda name, *args, **kwargs: get_paths(*args, **kwargs)[name]
    sysconfig.get_config_h_filename = lambda: os.path.join(_headers, "pyconfig.h")
'''
_BUILD = '''import importlib, os, sys, tomllib
order, target = sys.argv[1:3]
with open("pyproject.toml", "rb") as file:
    system = tomllib.load(file).get("build-system", {}) if os.path.getsize("pyproject.toml") else {}
sys.path[:0] = [os.path.abspath(path) for path in system.get("backend-path", [])]
module, _, inner = system.get("build-backend", "setuptools.build_meta:__legacy__").partition(":")
backend = importlib.import_module(module)
for name in filter(None, inner.split(".")):
    backend = getattr(backend, name)
if order == "needs":
    more = getattr(backend, "get_requires_for_build_wheel", lambda: [])()
    with open(target, "w") as file:
        file.write("\\n".join(more))
else:
    backend.build_wheel(target)
'''
_REQUIRES = '''import os, tomllib
system = {}
if os.path.isfile("pyproject.toml"):
    with open("pyproject.toml", "rb") as file:
        system = tomllib.load(file).get("build-system", {})
else:
    open("pyproject.toml", "w").close()
print("\\n".join(system.get("requires", ["setuptools", "wheel"])))
'''
_BUILD_SECONDS = 3600
_LINES_OF_LOG = 15


class Builder:
    """Builds in `folder`, which is empty and not kept. One for each `katydid pip`."""

    def __init__(self, folder, options, say):
        self.folder = folder
        self.options = options
        self.say = say
        resources = glob.glob(os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "lib",
                                           "python-resources-*.jar"))
        self.resources = resources[0] if resources else None
        self.graalpy = re.sub(r".*python-resources-(.*)\.jar", r"\1", self.resources or "")
        self.log = os.path.join(folder, "build.log")

    def build(self, name, version):
        """(path of a wheel, None), or (None, the sentence why there is none)."""
        kept = self._kept(name, version)
        if os.path.isfile(kept):
            self.say(f"{name}: built before ({kept})")
            return kept, None
        lacks = self._lacks(name)
        if lacks:
            return None, (f"{name} has to be compiled, for which this is missing: {', '.join(lacks)}."
                          f" Install it (Debian, Ubuntu: apt install {' '.join(_apt(lacks, name))}) and try again.")
        minutes = known.BUILDABLE.get(known.normalized(name), (None, (), False))[0]
        self.say(f"{name}: building {version} from its source" + (f", which takes about {minutes} minutes" if minutes else ""))
        try:
            wheel = self._built(name, version)
        except subprocess.CalledProcessError:
            return None, f"{name} {version} cannot be built from its source. The end of the log:\n{self._tail()}\n"
        os.makedirs(os.path.dirname(kept), exist_ok=True)
        shutil.copy(wheel, kept + ".new")
        os.replace(kept + ".new", kept)
        return kept, None

    def _kept(self, name, version):
        home = os.environ.get("KATYDID_RUNTIME_DIR") or os.path.join(
            os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache"), "katydid")
        plain = re.sub(r"[-_.]+", "_", name).lower()
        return os.path.join(home, "wheels", f"graalpy-{self.graalpy}-{os.uname().machine}", f"{plain}-{version}-built.whl")

    def _lacks(self, name):
        _, _, rust = known.BUILDABLE.get(known.normalized(name), (None, (), False))
        lacks = []
        if self.resources is None:
            lacks.append("GraalPy's headers (katydid build)")
        if self._python() is None:
            lacks.append("Python 3.12 with its module venv")
        if not any(shutil.which(one) for one in (os.environ.get("CC", "cc"), "gcc", "clang")):
            lacks.append("a C compiler")
        if rust and not shutil.which("cargo"):
            lacks.append("Rust (cargo)")
        return lacks

    @staticmethod
    def _python():
        candidates = [sys.executable, shutil.which("python3.12"),
                      *sorted(glob.glob(os.path.expanduser("~/.pyenv/versions/3.12*/bin/python3.12")))]
        for one in filter(None, candidates):
            asked = subprocess.run([one, "-c", "import ensurepip, sys, venv; sys.exit(sys.version_info[:2] != (3, 12))"],
                                   capture_output=True, check=False)
            if asked.returncode == 0:
                return one
        return None

    def _built(self, name, version):
        where = os.path.join(self.folder, known.normalized(name))
        shutil.rmtree(where, ignore_errors=True)
        tools, headers, out = (os.path.join(where, one) for one in ("tools", "headers", "out"))
        for one in (headers, out):
            os.makedirs(one)
        self._run(name, [self._python(), "-m", "venv", tools], where)
        python = os.path.join(tools, "bin", "python")
        site = glob.glob(os.path.join(tools, "lib", "python3.12", "site-packages"))[0]
        with open(os.path.join(site, "sitecustomize.py"), "w", encoding="utf-8") as file:
            file.write(_FAKE)
        self._take_headers(headers)
        pip = [python, "-m", "pip", "--disable-pip-version-check", "-q"]
        self._run(name, [*pip, "download", "--no-deps", "--no-binary", ":all:", "-d", where, *self.options,
                         f"{name}=={version}"], where)
        source = _unpacked(where)
        requires = self._run(name, [python, "-c", _REQUIRES], source).split("\n")
        self._run(name, [*pip, "install", *self.options, *filter(None, requires)], source)
        more = os.path.join(where, "more.txt")
        self._run(name, [python, "-c", _BUILD, "needs", more], source)
        self._run(name, [*pip, "install", *self.options, "-r", more], source)
        self._run(name, [python, os.path.join(headers, "autopatch_capi.py"), source], source)
        machine = os.uname().machine
        self._run(name, [python, "-c", _BUILD, "build", out], source, {
            "KATYDID_GRAALPY_HEADERS": headers, "KATYDID_GRAALPY_SOABI": f"graalpy250-312-native-{machine}-linux",
            "KATYDID_GRAALPY_VERSION": self.graalpy, "PYO3_PYTHON": python,
            "PATH": os.path.join(tools, "bin") + os.pathsep + os.environ.get("PATH", "")})
        return glob.glob(os.path.join(out, "*.whl"))[0]

    def _take_headers(self, headers):
        start = "META-INF/resources/include/"
        with zipfile.ZipFile(self.resources) as jar:
            for entry in jar.namelist():
                if entry.startswith(start) and not entry.endswith("/"):
                    path = os.path.join(headers, entry[len(start):])
                    os.makedirs(os.path.dirname(path), exist_ok=True)
                    with open(path, "wb") as file:
                        file.write(jar.read(entry))
            with open(os.path.join(headers, "autopatch_capi.py"), "wb") as file:
                file.write(jar.read("META-INF/resources/libgraalpy/modules/autopatch_capi.py"))

    def _run(self, name, command, folder, environment=None):
        """What a command has printed. It is told every half minute that it still works."""
        with open(self.log, "ab") as log, open(os.path.join(self.folder, "printed"), "w+b") as printed:
            process = subprocess.Popen(command, cwd=folder, stdout=printed, stderr=log, stdin=subprocess.DEVNULL,
                                       env={**os.environ, **(environment or {})})
            began = time.monotonic()
            while True:
                try:
                    code = process.wait(30)
                    break
                except subprocess.TimeoutExpired:
                    seconds = int(time.monotonic() - began)
                    self.say(f"{name}: still building, {seconds} s")
                    if seconds > _BUILD_SECONDS:
                        process.kill()
            printed.seek(0)
            said = printed.read()
            log.write(said)
        if code:
            raise subprocess.CalledProcessError(code, command)
        return said.decode(errors="replace").strip()

    def _tail(self):
        with open(self.log, encoding="utf-8", errors="replace") as file:
            return "\n".join("  " + line.rstrip() for line in file.readlines()[-_LINES_OF_LOG:])


def _unpacked(folder):
    archive = next(path for path in glob.glob(os.path.join(folder, "*")) if path.endswith((".tar.gz", ".zip", ".tar.bz2")))
    source = os.path.join(folder, "source")
    if archive.endswith(".zip"):
        with zipfile.ZipFile(archive) as file:
            file.extractall(source)
    else:
        with tarfile.open(archive) as file:
            file.extractall(source, filter="data") if hasattr(tarfile, "data_filter") else file.extractall(source)
    return glob.glob(os.path.join(source, "*", ""))[0]


def _apt(lacks, name):
    """Debian's names of what is missing."""
    names = {"Python 3.12 with its module venv": ["python3.12-venv"], "a C compiler": ["build-essential"],
             "Rust (cargo)": ["cargo"]}
    return [one for lack in lacks for one in names.get(lack, [])] + list(
        known.BUILDABLE.get(known.normalized(name), (None, (), False))[1])
