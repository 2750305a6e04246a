"""Locustfiles of the time of Locust 0.x are often Python 2: what does not compile is converted by the standard library's
lib2to3, in memory; modules that Python 3 has under another name are found by their old one. Nothing of this happens
for a file that Python 3 reads and whose imports it finds."""
import sys

import _katydid_log as _log

# Old name -> the module that has its content today.
RENAMED = {
    "BaseHTTPServer": "http.server", "ConfigParser": "configparser", "Cookie": "http.cookies",
    "HTMLParser": "html.parser", "Queue": "queue", "SocketServer": "socketserver", "StringIO": "io",
    "__builtin__": "builtins", "cPickle": "pickle", "cStringIO": "io", "commands": "subprocess",
    "cookielib": "http.cookiejar", "htmlentitydefs": "html.entities", "httplib": "http.client", "thread": "_thread",
    "urlparse": "urllib.parse", "xmlrpclib": "xmlrpc.client"}
_URLLIB2 = ("urllib.request", "urllib.error", "urllib.parse")


def compiled(source, path, error):
    """The code of a Python 2 source that has failed with this SyntaxError; raises the same error if it is none."""
    try:
        text = _decoded(source)
    except (UnicodeError, SyntaxError):
        raise error from None
    if not isinstance(error, TabError) and not _looks_old(text):
        raise error
    if isinstance(error, TabError):
        text = _spaces(text)
        try:
            return compile(text, path, "exec", dont_inherit=True)
        except SyntaxError:
            pass
    try:
        code = _compiled_new(_converted(text, path), path)
    except Exception:
        raise error from None
    _log.log(_log.WARNING, "locust.main",
             f"{path} is Python 2 and was converted to Python 3 for this run; '2to3 -w' does it for good")
    return code


def _looks_old(text):
    """Whether there is anything that only Python 2 writes so. Converting takes seconds."""
    import re
    return re.search(r"""^\s*(print\s+[^(=\s]|print\s*$|exec\s+["'\w]|raise\s+\w+\s*,|except\s+[\w.]+\s*,\s*\w+\s*:)"""
                     r"""|<>|\bur["']|\b0\d+\b|`""", text, re.M)


def _compiled_new(text, path):
    try:
        return compile(text, path, "exec", dont_inherit=True)
    except TabError:
        return compile(_spaces(text), path, "exec", dont_inherit=True)


def _decoded(source):
    if isinstance(source, str):
        return source
    import importlib.util
    return importlib.util.decode_source(source)


def _spaces(text):
    """Indentation as Python 2 counted it: a tab goes to the next multiple of 8."""
    lines = []
    for line in text.split("\n"):
        rest = line.lstrip(" \t")
        lines.append(line[:len(line) - len(rest)].expandtabs(8) + rest)
    return "\n".join(lines)


def _converted(text, path):
    import warnings
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from lib2to3 import refactor
        fixers = [name for name in refactor.get_fixers_from_package("lib2to3.fixes")
                  if not name.endswith(("fix_idioms", "fix_set_literal", "fix_ws_comma", "fix_buffer", "fix_import"))]
        return str(refactor.RefactoringTool(fixers).refactor_string(text + "\n", path))


class _OldNames:
    """Finds the modules of Python 2 where nobody else has."""

    def find_spec(self, name, path=None, target=None):
        if name not in RENAMED and name != "urllib2":
            return None
        from importlib.machinery import ModuleSpec
        return ModuleSpec(name, self)

    def create_module(self, spec):
        from importlib import import_module
        if spec.name in RENAMED:
            import types
            module = types.ModuleType(spec.name)
            module.__dict__.update({key: value for key, value in vars(import_module(RENAMED[spec.name])).items()
                                    if not key.startswith("__")})
            return module
        import types
        module = types.ModuleType(spec.name)
        for part in _URLLIB2:
            found = import_module(part)
            module.__dict__.update({key: getattr(found, key) for key in dir(found) if not key.startswith("_")})
        return module

    def exec_module(self, module):
        pass


_state = {"modules": False, "sources": False}


def find_old_modules():
    """From now on imports of Python 2's names work. False if that was so already."""
    if _state["modules"]:
        return False
    _state["modules"] = True
    sys.meta_path.append(_OldNames())
    return True


def is_old_module(name):
    return name in RENAMED or name == "urllib2"


def convert_imported_sources():
    """From now on modules that a locustfile imports are converted like itself if they do not compile. False if that
    was so already."""
    if _state["sources"]:
        return False
    _state["sources"] = True
    from importlib.machinery import SourceFileLoader
    original = SourceFileLoader.source_to_code

    def source_to_code(self, data, path, **named):
        try:
            return original(self, data, path, **named)
        except SyntaxError as error:
            return compiled(data, path, error)

    SourceFileLoader.source_to_code = source_to_code
    return True


def add_old_builtins():
    """Names that every file of Python 2 has."""
    import builtins
    from functools import reduce
    for name, value in (("basestring", str), ("long", int), ("raw_input", input), ("reduce", reduce), ("unichr", chr),
                        ("unicode", str), ("xrange", range)):
        if not hasattr(builtins, name):
            setattr(builtins, name, value)


def add_base64_names():
    """encodestring and decodestring, which files of Python 2 may call without being Python 2 otherwise: with texts."""
    import base64

    def on_texts(function):
        def convert(value):
            return function(value.encode("latin-1")).decode("latin-1") if isinstance(value, str) else function(value)
        return convert

    if not hasattr(base64, "encodestring"):
        base64.encodestring, base64.decodestring = on_texts(base64.encodebytes), on_texts(base64.decodebytes)
