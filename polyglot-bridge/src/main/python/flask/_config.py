"""The configuration of an application: a dictionary that reads upper-case names from files, objects and the environment."""
import os


class Config(dict):
    """As Flask's. Names of files are relative to the folder of the application's module."""

    def __init__(self, root_path, defaults=None):
        super().__init__(defaults or {})
        self.root_path = root_path

    def from_object(self, source):
        """Takes the upper-case attributes of an object, or of what an import path names."""
        if isinstance(source, str):
            import importlib
            module, _, name = source.replace(":", ".").rpartition(".")
            try:
                source = importlib.import_module(source)
            except ModuleNotFoundError:
                source = getattr(importlib.import_module(module), name)
        for name in dir(source):
            if name.isupper():
                self[name] = getattr(source, name)

    def from_pyfile(self, filename, silent=False):
        """Runs a file as Python and takes its upper-case names. `silent`: a missing file is not an error."""
        import types
        path = os.path.join(self.root_path, filename)
        found = types.ModuleType("config")
        found.__file__ = path
        try:
            with open(path, "rb") as file:
                exec(compile(file.read(), path, "exec"), found.__dict__)
        except OSError as error:
            if silent and isinstance(error, (FileNotFoundError, IsADirectoryError, NotADirectoryError)):
                return False
            error.strerror = f"Unable to load configuration file ({error.strerror})"
            raise
        self.from_object(found)
        return True

    def from_envvar(self, variable_name, silent=False):
        """from_pyfile() of the file that an environment variable names."""
        path = os.environ.get(variable_name)
        if not path:
            if silent:
                return False
            raise RuntimeError(f"The environment variable {variable_name!r} is not set and as such configuration could "
                               "not be loaded. Set this variable and make it point to a configuration file")
        return self.from_pyfile(path, silent)

    def from_prefixed_env(self, prefix="FLASK", *, loads=None):
        """Takes the environment variables that begin with the prefix; JSON where it is JSON, `A__B` as a nested name."""
        if loads is None:
            import json
            loads = json.loads
        prefix += "_"
        for name in sorted(os.environ):
            if not name.startswith(prefix):
                continue
            value = os.environ[name]
            try:
                value = loads(value)
            except Exception:
                # Flask's own rule: what does not parse stays text.
                pass
            *outer, last = name[len(prefix):].split("__")
            place = self
            for key in outer:
                place = place.setdefault(key, {})
            place[last] = value
        return True

    def from_file(self, filename, load, silent=False, text=True):
        """Takes the upper-case names of what `load` makes of a file."""
        try:
            with open(os.path.join(self.root_path, filename), "r" if text else "rb") as file:
                found = load(file)
        except FileNotFoundError:
            if silent:
                return False
            raise
        return self.from_mapping(found)

    def from_mapping(self, mapping=None, **kwargs):
        """Takes upper-case names."""
        for name, value in {**(mapping or {}), **kwargs}.items():
            if name.isupper():
                self[name] = value
        return True

    def get_namespace(self, namespace, lowercase=True, trim_namespace=True):
        """The names that begin with a text, as a dictionary of their own."""
        found = {}
        for name, value in self.items():
            if name.startswith(namespace):
                key = name[len(namespace):] if trim_namespace else name
                found[key.lower() if lowercase else key] = value
        return found
