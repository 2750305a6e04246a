"""Loads a locustfile as a module and finds what is defined in it (cli.md section 2, `--locustfile`)."""
import os
import sys

from _katydid_compiled import RefusedImport

from .shape import LoadTestShape
from .user.users import User

_OURS = os.path.dirname(os.path.abspath(__file__)) + os.sep


# Where locustfiles and the modules beside them come from, with a slash at the end.
_folders = set()


class Importing:
    """Tells the name of every module whose import begins, while the block runs. Finds none itself."""

    def __init__(self, tell):
        self._tell = tell

    def __enter__(self):
        sys.meta_path.insert(0, self)

    def __exit__(self, *error):
        if self in sys.meta_path:
            sys.meta_path.remove(self)

    def find_spec(self, name, path=None, target=None):
        self._tell(f"last import: {name}")


def load_file(path):
    """({name: user class}, [shape instances]) of one file. Raises LoadError with a sentence for the user."""
    from ._runtime import LoadError
    path = os.path.abspath(path)
    folder, base = os.path.split(path)
    name = os.path.splitext(base)[0]
    if name == "locust":
        name = "locustfile"
    name = name.replace("-", "_").replace(".", "_")
    _folders.update((os.path.join(folder, ""), os.path.join(os.getcwd(), "")))
    if os.getcwd() not in sys.path:
        sys.path.insert(0, os.getcwd())
    # The file's folder stays, unlike with Locust: tasks may import what lies beside it.
    if folder in sys.path:
        sys.path.remove(folder)
    sys.path.insert(0, folder)
    module = _execute(path, name, LoadError)
    classes, shapes = {}, []
    for key, value in vars(module).items():
        if is_user_class(value):
            classes[key] = value
        elif is_shape_class(value):
            shapes.append(value())
    return classes, shapes


def loaded_files():
    """The files of all modules that come from the folders of the locustfiles, not from what is installed."""
    entries = sorted({os.path.join(os.path.abspath(entry), "") for entry in sys.path}, key=len, reverse=True)
    files = set()
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if isinstance(file, str) and file.endswith(".py"):
            home = next((entry for entry in entries if file.startswith(entry)), None)
            if home in _folders:
                files.add(file)
    return sorted(files)


def _execute(path, name, problem):
    import types
    module = types.ModuleType(name)
    module.__file__ = path
    try:
        with open(path, "rb") as file:
            source = file.read()
        code = _compiled(source, path)
    except SyntaxError as error:
        raise problem(_syntax_error(error, path)) from None
    except (OSError, ValueError) as error:
        raise problem(f"Cannot read {path}: {error}") from None
    if b"base64" in source and b"codestring" in source:
        from ._python2 import add_base64_names
        add_base64_names()
    if b"json" in source:
        # Before the file takes functions out of the standard library's module, which this one repairs.
        import _katydid_json
    sys.modules[name] = module
    try:
        exec(code, module.__dict__)
    except SyntaxError as error:
        if _once_more_as_python2(error):
            return _execute(path, name, problem)
        raise problem(_syntax_error(error, path)) from None
    except ModuleNotFoundError as error:
        if _once_more_as_python2(error):
            return _execute(path, name, problem)
        if error.name and (error.name.split(".")[0] not in ("locust", "gevent", "requests") or _refused(error.name)):
            raise problem(_not_installed(error, path)) from None
        raise problem(_failed(error, path)) from None
    except RefusedImport as error:
        raise problem(f"{path}{_line(error, path)}: {error}") from None
    except SystemExit as error:
        from _katydid_exit import code_and_text
        code, text = code_and_text(error)
        if text is None:
            text = f"{path} ended the program with exit code {error.code or 0}."
        raise problem(text, code) from None
    except BaseException as error:
        raise problem(_failed(error, path)) from None
    return module


def _compiled(source, path):
    try:
        return compile(source, path, "exec")
    except SyntaxError as error:
        from . import _python2
        return _python2.compiled(source, path, error)


def _once_more_as_python2(error):
    """Whether what the file imports may be found or read as Python 2, which has not been tried yet."""
    from . import _python2
    if isinstance(error, SyntaxError):
        return _python2.convert_imported_sources()
    return _python2.is_old_module(error.name) and _python2.find_old_modules()


def _refused(module):
    import _katydid_packages as known
    return known.refusal(module)


def _not_installed(error, path):
    import _katydid_packages as known
    where = _where(error, path)
    refusal = known.refusal(error.name)
    if refusal:
        return f"{path} imports '{error.name}' ({where}), which cannot work here. {refusal}"
    text = f"{path} imports '{error.name}', which is not installed here ({where}).\n" \
           f"{known.how_to_get(error.name)}"
    requirements = os.path.join(os.path.dirname(path), "requirements.txt")
    if os.path.isfile(requirements):
        import shlex
        requirements = shlex.quote(os.path.relpath(requirements))
        text += f"\nor all that the project needs with: katydid pip install -r {requirements}"
    return text


def _syntax_error(error, path):
    import traceback
    text = "".join(traceback.format_exception_only(SyntaxError, error)).rstrip()
    hint = ""
    if "print" in (error.msg or "") or "Missing parentheses" in (error.msg or ""):
        hint = "\nThis looks like Python 2 and could not be converted; Katydid runs Python 3."
    elif "codec can't decode" in (error.msg or ""):
        hint = ("\nThe file is not UTF-8. Save it as UTF-8 or name its encoding in the first line, for example: "
                "# -*- coding: latin-1 -*-")
    return f"The locustfile cannot be read as Python:\n{text}{hint}"


def _where(error, path):
    trace = error.__traceback__
    line, file = 0, path
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if not name.startswith(("<", _OURS)) and os.path.exists(name):
            file, line = name, trace.tb_lineno
        trace = trace.tb_next
    return f"line {line}" if file == path else f"in {file}, line {line}"


def _line(error, path):
    """Where in the file itself."""
    trace, line = error.__traceback__, ""
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == path:
            line = f", line {trace.tb_lineno}"
        trace = trace.tb_next
    return line


def _failed(error, path):
    import traceback
    frames = traceback.extract_tb(error.__traceback__)
    frames = [frame for frame in frames if not frame.filename.endswith("_loading.py")]
    text = "".join(traceback.format_list(frames) + traceback.format_exception_only(type(error), error)).rstrip()
    return f"The locustfile {path} failed while it was loaded:\nTraceback (most recent call last):\n{text}"


def is_user_class(item):
    """Whether a member of a module is a concrete user class."""
    return isinstance(item, type) and issubclass(item, User) and item.abstract is False


def is_shape_class(item):
    """Whether a member of a module is a concrete load shape."""
    return isinstance(item, type) and issubclass(item, LoadTestShape) and not item.abstract
