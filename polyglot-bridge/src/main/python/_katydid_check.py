"""`katydid check FILE...`: says before a run what a locustfile needs and what will not work. Nothing is executed.

The files are read as syntax trees, by an ordinary Python 3 where there is one (it starts at once), otherwise by ours.
Exit code 0: should run; 1: something is in the way; 90: this Python is not sure about the syntax, ask ours.
"""
import ast
import os
import re
import shlex
import sys

import _katydid_packages as known
import _katydid_site

_OUR_PYTHON = (3, 12)
_ASK_OURS = 90
_OURS = os.path.dirname(os.path.abspath(__file__))
# Parts of the standard library that are not there, or only on another system.
_ABSENT = {"curses", "_curses", "dbm", "tkinter", "turtle", "idlelib", "crypt", "spwd", "nis", "ossaudiodev", "msvcrt",
           "winreg", "winsound", "_winapi"}
# What only Python 2 writes so, as in locust/_python2.py, which converts it.
_OLD = re.compile(r"""^\s*(print\s+[^(=\s]|print\s*$|exec\s+["'\w]|raise\s+\w+\s*,|except\s+[\w.]+\s*,\s*\w+\s*:)"""
                  r"""|<>|\bur["']|\b0\d+\b|`""", re.M)
# Modules of Python 2, which are found under their new names.
_RENAMED = {"BaseHTTPServer", "ConfigParser", "Cookie", "HTMLParser", "Queue", "SocketServer", "StringIO", "__builtin__",
            "cPickle", "cStringIO", "commands", "cookielib", "htmlentitydefs", "httplib", "thread", "urllib2",
            "urlparse", "xmlrpclib"}
_EVENTS_OF_0 = {"request_success", "request_failure", "locust_error", "hatch_complete", "slave_report",
                "master_start_hatching", "master_stop_hatching", "locust_start_hatching", "locust_stop_hatching"}
_USERS = {"User", "HttpUser", "FastHttpUser", "PytestUser", "MongoDBUser", "PostgresUser", "MqttUser", "SocketIOUser",
          "DNSUser", "OpenAIClient", "OpenAIUser", "MilvusUser", "QdrantUser", "Locust", "HttpLocust", "FastHttpLocust"}


# Calls that may make classes and other names that are not written in the file.
_MAKE_NAMES = {"type", "exec", "eval", "globals", "vars", "locals", "setattr", "new_class", "import_module", "__import__"}


def main(words):
    """The exit code of `katydid check WORDS`."""
    files = [word for word in words if not word.startswith("-")]
    if not files or len(files) != len(words):
        print("usage: katydid check FILE...   says what a locustfile needs and what will not work", file=sys.stderr)
        return 2
    worst = 0
    files = list(_expanded(files))
    for name in files:
        report = _File(name)
        try:
            report.read()
        except _NotSure:
            return _ASK_OURS
        report.show(len(files) > 1)
        worst = max(worst, 1 if report.problems else 0)
    return worst


def _expanded(names):
    for name in names:
        if os.path.isdir(name):
            yield from (os.path.normpath(os.path.join(name, one)) for one in sorted(os.listdir(name))
                        if one.endswith(".py") and not one.startswith("_"))
        else:
            yield name


class _NotSure(Exception):
    """A newer Python may read what this one cannot."""


class _File:
    """What was found in one locustfile and the modules of its project that it imports."""

    def __init__(self, path):
        self.path = path
        self.folder = os.path.dirname(os.path.abspath(path))
        self.paths = [self.folder, os.getcwd()]
        self.problems = []
        self.hints = []
        self.missing = {}
        self.compiled = {}
        """Modules with compiled code: the sentence of each."""
        self.compiled_in_functions = {}
        self.users = []
        self.starts_itself = False
        self._trees = {}
        self._own_names = []
        self._foreign = False
        """Whether names come from modules that were not read."""

    def read(self):
        """Reads the file and what belongs to it."""
        if not os.path.isfile(self.path):
            self.problems.append(f"There is no file {self.path}.")
            return
        if not self.path.endswith(".py"):
            self.problems.append(f"{self.path} is no locustfile: its name must end with .py.")
            return
        tree = self._tree(self.path)
        if tree is None:
            return
        todo = [(self.path, tree)]
        while todo:
            path, tree = todo.pop()
            for module in self._examine(path, tree):
                if module not in self._trees:
                    other = self._tree(module)
                    if other is not None:
                        todo.append((module, other))
        for where, module, name, file in self._own_names:
            self._judge_own_name(where, module, name, file)
        self._find_users(self._trees[self.path])
        if not self.users and not self._may_have_users():
            self.problems.append("No User class found: the file defines none and imports none.")

    def _tree(self, path):
        import warnings
        self._trees[path] = None
        try:
            with open(path, "rb") as file, warnings.catch_warnings():
                warnings.simplefilter("ignore")
                source = file.read()
                tree = ast.parse(source, path)
                # Finds what only the compiler does, such as a 'return' outside of functions.
                compile(source, path, "exec", dont_inherit=True)
                self._trees[path] = tree
        except (MemoryError, RecursionError):
            # Ours reads what is nested more deeply.
            if sys.implementation.name != "graalpy":
                raise _NotSure from None
            self.problems.append(f"{path}: an expression is nested too deeply.")
        except SyntaxError as error:
            with open(path, "rb") as file:
                if isinstance(error, TabError) or _OLD.search(file.read().decode("latin-1")):
                    self.hints.append(f"{path} is Python 2. It is converted for each run, which takes some seconds; "
                                      "'2to3 -w' does it for good. What else it needs was not looked at.")
                    return None
            if sys.version_info[:2] != _OUR_PYTHON:
                raise _NotSure from None
            self.problems.append(f"{path}, line {error.lineno}: {error.msg}.")
        except (OSError, ValueError) as error:
            self.problems.append(f"Cannot read {path}: {error}")
        return self._trees[path]

    def _examine(self, path, tree):
        """Judges the imports of one file; the project's own modules among them."""
        own = []
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                self._note_path(node, path)
        in_functions = {node for function in ast.walk(tree) if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef))
                        for node in ast.walk(function)}
        for node, certain in _imports(tree.body, True):
            self._note_compiled(node, path, node in in_functions)
            if isinstance(node, ast.Import):
                for alias in node.names:
                    own += self._judge(alias.name, None, path, node.lineno, certain)
            elif node.level:
                if path == self.path:
                    self._complain(certain, f"line {node.lineno}: a locustfile is no part of a package, so it cannot import "
                                            f"from '{'.' * node.level}{node.module or ''}'. Leave the dots out.")
                    continue
                folder = os.path.dirname(os.path.abspath(path))
                for _ in range(node.level - 1):
                    folder = os.path.dirname(folder)
                parts = (node.module or "").split(".") if node.module else []
                found = _module_file(folder, parts)
                own += [found] if found else []
            else:
                for alias in node.names:
                    own += self._judge(node.module, alias.name, path, node.lineno, certain)
        self._judge_events(tree, path)
        if any(isinstance(node, ast.Call) and _last_name(node.func) == "run_single_user" for node in ast.walk(tree)):
            self.starts_itself = True
        return own

    def _note_compiled(self, node, path, in_function):
        """Notes what is compiled among the modules of an import, unless the project has a module of that name."""
        where = f"line {node.lineno}" if path == self.path else f"{os.path.relpath(path)}, line {node.lineno}"
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
        for name in dict.fromkeys(name.split(".")[0] for name in names) if not getattr(node, "level", 0) else ():
            if any(_module_file(folder, [name]) for folder in [*self.paths, _OURS]):
                continue
            size = next((found for site in self._sites() if os.path.isdir(site)
                         for found in [_katydid_site.compiled(site, name)] if found is not None), known.COMPILED.get(name))
            if size is not None and in_function:
                self.compiled_in_functions.setdefault(name, where)
            elif size is not None:
                self.compiled.setdefault(
                    name, f"{where}: {name}, on platform threads" + (f", from a wheel of {known.size(size)}" if size else ""))

    def _note_path(self, call, path):
        """sys.path.append("folder") of a constant."""
        target = call.func
        if isinstance(target, ast.Attribute) and target.attr in ("append", "insert") and call.args and \
                isinstance(target.value, ast.Attribute) and target.value.attr == "path":
            folder = call.args[-1]
            if isinstance(folder, ast.Constant) and isinstance(folder.value, str):
                self.paths.append(os.path.abspath(folder.value))
            else:
                # Computed, mostly from __file__: the parents of the file are the usual outcome.
                parent = os.path.dirname(os.path.abspath(path))
                self.paths += [os.path.dirname(parent), os.path.dirname(os.path.dirname(parent))]

    def _judge(self, module, name, path, line, certain):
        """Judges `import module` or `from module import name`; the file of a module of the project, if it is one."""
        parts = module.split(".")
        where = f"line {line}" if path == self.path else f"{os.path.relpath(path)}, line {line}"
        for folder in self.paths:
            found = _module_file(folder, parts)
            if found and os.path.abspath(found) != os.path.abspath(self.path):
                inner = _module_file(folder, [*parts, name]) if name else None
                if certain and name not in (None, "*") and not inner:
                    self._own_names.append((where, module, name, found))
                self._foreign = self._foreign or not os.path.isfile(found)
                return [one for one in (found, inner) if one and os.path.isfile(one)]
        if parts[0] == "java" or parts[0] in ("katydid", "polyglot") or parts[0] in _RENAMED:
            return []
        ours = _module_file(_OURS, parts[:1])
        if ours:
            self._judge_ours(parts, name, where, certain)
        elif parts[0] in _ABSENT:
            self._complain(certain, f"{where}: the module {parts[0]} of the standard library is not available here.")
        elif parts[0] in sys.stdlib_module_names if hasattr(sys, "stdlib_module_names") else _importable(parts[0]):
            return []
        elif any(_module_file(site, parts[:1]) or _compiled_file(site, parts[0]) for site in self._sites()):
            self._foreign = True
            return []
        else:
            refusal = known.refusal(module)
            if refusal:
                self._complain(certain, f"{where}: {refusal}")
            elif not certain:
                self.hints.append(f"{where}: {module} is not installed, and is used if it is. {known.how_to_get(module)}")
            elif known.distribution_of(module) is None:
                self.problems.append(f"{where}: {module} is not installed. {known.how_to_get(module)}.")
            else:
                self.missing.setdefault(known.distribution_of(module), f"{where}: {module} is not installed")
        return []

    def _judge_ours(self, parts, name, where, certain):
        file = _module_file(_OURS, parts)
        if file is None:
            if len(parts) > 1:
                module = ".".join(parts)
                self._complain(certain, f"{where}: {known.refusal(module) or f'there is no module {module} here.'}")
            return
        if name in (None, "*") or parts[0] not in ("locust", "gevent", "requests"):
            return
        names = _names_of(file)
        if name not in names and not _module_file(_OURS, [*parts, name]):
            close = _closest(name, names)
            self._complain(certain, f"{where}: {'.'.join(parts)} has no {name}.{close}")

    def _judge_own_name(self, where, module, name, file):
        """`from module import name` of a module of the project, all of which have been read."""
        tree = self._trees.get(file)
        if tree is None or any(
                isinstance(node, ast.ImportFrom) and node.names[0].name == "*"
                or isinstance(node, ast.FunctionDef) and node.name == "__getattr__"
                or isinstance(node, ast.Call) and _last_name(node.func) in _MAKE_NAMES for node in ast.walk(tree)):
            return
        names = _names_in(tree)
        if name not in names:
            self.problems.append(f"{where}: {module} has no {name}.{_closest(name, names)}")

    def _may_have_users(self):
        """Whether user classes may come from where nobody has looked: other packages, calls, functions of pytest."""
        if self._foreign or self.problems or any(tree is None for tree in self._trees.values()):
            return True
        for tree in self._trees.values():
            for node in ast.walk(tree):
                if isinstance(node, ast.ClassDef) or isinstance(node, ast.Call) and \
                        _last_name(node.func) in _MAKE_NAMES | {"run_single_user", "main"} or \
                        isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
                    return True
        return False

    def _judge_events(self, tree, path):
        imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
                    and node.module == "locust" for alias in node.names}
        if "events" not in imported or imported & {"HttpLocust", "Locust", "TaskSequence", "seq_task"}:
            return
        names = _event_names()
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "events" \
                    and node.attr not in names and not node.attr.startswith("_"):
                extra = " It is of Locust 0.x; today's is events.request." if node.attr in _EVENTS_OF_0 else \
                    _closest(node.attr, names)
                where = f"line {node.lineno}" if path == self.path else f"{os.path.relpath(path)}, line {node.lineno}"
                self.problems.append(f"{where}: there is no event events.{node.attr}.{extra}")

    def _sites(self):
        sites = [os.path.join(folder, ".katydid", "site-packages") for start in (os.getcwd(), self.folder)
                 for folder in _and_above(start)]
        sites += [one for one in os.environ.get("PYTHONPATH", "").split(os.pathsep) if one]
        return [*sites, os.path.join(os.path.dirname(_OURS), "companions")]

    def _complain(self, certain, sentence):
        if certain:
            self.problems.append(sentence)
        else:
            self.hints.append(sentence + " It is imported only in some cases.")

    def _find_users(self, tree):
        """The user classes the file defines; its own base classes are followed within the project."""
        defined = {}
        for other in self._trees.values():
            if other is not None:
                for node in other.body:
                    if isinstance(node, ast.ClassDef):
                        defined[node.name] = node
        top = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
        imported = {alias.asname or alias.name for node in tree.body if isinstance(node, ast.ImportFrom)
                    for alias in node.names}
        for name, node in defined.items():
            if name in top | imported and _is_user(node, defined, set()) and not _is_abstract(node):
                tasks = sum(1 for one in node.body if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef))
                            and any(_last_name(mark) == "task" for mark in one.decorator_list))
                self.users.append(f"{name} ({tasks} {'task' if tasks == 1 else 'tasks'})")

    def show(self, several):
        """Prints the findings."""
        if self.missing:
            self.problems += self.missing.values()
        if several:
            print(f"{self.path}:")
        indent = "  " if several else ""
        for line in self.problems:
            print(f"{indent}will not work: {line}")
        if self.missing:
            print(f"{indent}install with:  katydid pip install {' '.join(self.missing)}")
            if os.path.isfile(os.path.join(self.folder, "requirements.txt")):
                file = shlex.quote(os.path.relpath(os.path.join(self.folder, "requirements.txt")))
                print(f"{indent}or all of:     katydid pip install -r {file}")
        if len(self.problems) == len(self.missing):
            for line in self.compiled.values():
                print(f"{indent}{'then works:' if self.missing else 'will work: '}    {line}")
        for name, where in self.compiled_in_functions.items():
            if name not in self.compiled:
                self.hints.append(f"{where}: {name} has compiled code; import it at the top of the locustfile, it cannot be loaded "
                                  "by a task.")
        for line in self.hints:
            print(f"{indent}to note:       {line}")
        if self.users:
            print(f"{indent}user classes:  {', '.join(self.users)}")
        elif not self.problems:
            print(f"{indent}to note:       No user class was found by reading; it may be made while the file is loaded.")
        if not self.problems:
            run = "katydid python" if self.starts_itself else "katydid -f"
            print(f"{indent}nothing is in the way; run it with: {run} {shlex.quote(self.path)}")


def _and_above(folder):
    """A folder and those that it lies in."""
    while True:
        yield folder
        above = os.path.dirname(folder)
        if above == folder:
            return
        folder = above


def _imports(body, certain):
    """(import, whether it must succeed) of everything that is executed when a file is loaded, and of functions."""
    for node in body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield node, certain
        elif isinstance(node, ast.Try):
            caught = {name for handler in node.handlers for name in _caught(handler)}
            safe = not caught & {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}
            yield from _imports(node.body, certain and safe)
            for handler in node.handlers:
                yield from _imports(handler.body, False)
            yield from _imports(node.orelse + node.finalbody, certain)
        elif isinstance(node, ast.If):
            if _last_name(node.test) == "TYPE_CHECKING":
                continue
            main = isinstance(node.test, ast.Compare) and _last_name(node.test.left) == "__name__"
            yield from _imports(node.body, certain and main)
            yield from _imports(node.orelse, False)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.With, ast.For, ast.While)):
            yield from _imports(node.body, certain)


def _caught(handler):
    kind = handler.type
    if kind is None:
        return ["BaseException"]
    return [_last_name(one) for one in (kind.elts if isinstance(kind, ast.Tuple) else [kind])]


def _last_name(node):
    if isinstance(node, ast.Call):
        node = node.func
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _is_user(node, defined, seen):
    for base in node.bases:
        name = _last_name(base)
        if name in defined and name not in seen and name != node.name:
            if _is_user(defined[name], defined, seen | {name}):
                return True
        elif name in _USERS:
            return True
    return False


def _is_abstract(node):
    return any(isinstance(one, ast.Assign) and any(_last_name(target) == "abstract" for target in one.targets)
               and isinstance(one.value, ast.Constant) and one.value.value is True for one in node.body)


def _module_file(folder, parts):
    """The file of a module below a folder, the folder itself for a package without one; None if it is not there."""
    path = os.path.join(folder, *parts)
    for file in (path + ".py", os.path.join(path, "__init__.py")):
        if os.path.isfile(file):
            return file
    if parts and os.path.isdir(path) and any(one.endswith(".py") or os.path.isdir(os.path.join(path, one))
                                             for one in os.listdir(path)):
        return os.path.join(path, "__init__.py") if os.path.isfile(os.path.join(path, "__init__.py")) else path
    return None


def _compiled_file(folder, name):
    """Whether a folder has a compiled module of this name."""
    return os.path.isdir(folder) and any(one.startswith(name + ".") and one.endswith(".so") for one in os.listdir(folder))


def _names_of(file):
    """What a module of ours defines, also what it makes when it is asked for."""
    if os.path.isdir(file):
        return set()
    with open(file, encoding="utf-8") as source:
        return _names_in(ast.parse(source.read()))


def _names_in(tree):
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            names.update((alias.asname or alias.name).split(".")[0] for alias in node.names)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
            # Names in tables such as __all__ or those of a module's __getattr__.
            names.add(node.value)
    return names


def _event_names():
    names = _names_of(os.path.join(_OURS, "locust", "event.py"))
    return {name for name in names if name.islower()} | {"request"}


def _closest(name, names):
    import difflib
    close = difflib.get_close_matches(name, [one for one in names if not one.startswith("_")], 1)
    return f" Did you mean {close[0]}?" if close else ""


def _importable(name):
    from importlib.util import find_spec
    return find_spec(name) is not None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
