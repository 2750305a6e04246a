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


def rewrite(name, change):
    """Runs change(source) of the module when somebody imports it: for what cannot be mended once it has run."""
    if not _waiting:
        sys.meta_path.insert(0, _FINDER)
    _waiting[name] = _Rewriting(change)


class _Rewriting:
    def __init__(self, change):
        self.change = change


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
            kind = _RewritingLoader if isinstance(apply, _Rewriting) else _Loader
            spec.loader = kind(spec.loader, apply)
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


class _RewritingLoader(_Loader):
    def exec_module(self, module):
        source = self._loader.get_source(module.__name__)
        exec(compile(self._apply.change(source), module.__file__, "exec"), module.__dict__)


_FINDER = _Finder()
