"""Changes a module of the standard library right after a script has imported it, without importing it ourselves: that
would cost time, and many locustfiles never use it."""
import sys

_waiting = {}


def after_import(name, apply):
    """Calls apply(module) once the module is there: now, or when somebody imports it."""
    module = sys.modules.get(name)
    if module is not None:
        apply(module)
        return
    if not _waiting:
        sys.meta_path.insert(0, _FINDER)
    _waiting[name] = apply


class _Finder:
    """Finds nothing itself; lets the others import the module."""

    def find_spec(self, name, path=None, target=None):
        apply = _waiting.pop(name, None)
        if apply is None:
            return None
        if not _waiting:
            sys.meta_path.remove(self)
        from importlib.util import find_spec
        spec = find_spec(name)
        if spec is not None:
            spec.loader = _Loader(spec.loader, apply)
        return spec


class _Loader:
    def __init__(self, loader, apply):
        self._loader = loader
        self._apply = apply

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        self._loader.exec_module(module)
        self._apply(module)

    def __getattr__(self, name):
        return getattr(self._loader, name)


_FINDER = _Finder()
