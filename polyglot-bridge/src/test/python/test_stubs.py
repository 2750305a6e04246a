"""The type stubs say what the modules have: public names, members of classes and parameters are the same in both."""
import ast
import functools
import importlib
import inspect
import os
import unittest

import locust
from locust.event import Events

PYTHON = os.path.dirname(os.path.dirname(os.path.abspath(locust.__file__)))
STUBS = os.path.join(os.path.dirname(PYTHON), "stubs")
MARK = "# Written by 'katydid stubs', which overwrites it."
PACKAGES = ("locust", "gevent", "greenlet", "geventhttpclient", "requests", "urllib3", "katydid")

# Modules without a stub.
WITHOUT = {
    "locust.events": "the object locust.events itself, for files of 0.x",
    "locust.clients_rest": "its methods stand at HttpUser and FastHttpUser",
    "locust.user.turns": "for Java only",
    "gevent.baseserver": "does not exist under Katydid, as its classes say",
    "gevent.pywsgi": "does not exist under Katydid, as its classes say",
    "gevent.server": "does not exist under Katydid, as its classes say",
}
# Stubs of names that are made at run time.
WITHOUT_SOURCE = ("java", "requests.packages.urllib3", "requests.packages.urllib3.exceptions",
                  "requests.packages.urllib3.util", "requests.packages.urllib3.util.retry")
# These import packages that are not there, so only their sources are read.
NOT_IMPORTED = tuple(f"locust.contrib.{name}" for name in (
    "dns", "mongodb", "mqtt", "oai", "postgres", "qdrant", "socketio"))
# Modules whose definitions are names of another one.
PARTS = {
    "locust": ("locust._legacy",),
    "locust.argument_parser": ("locust._options_of_programs",),
    "locust.contrib.fasthttp": ("locust.contrib._fast_response",),
    "locust.core": ("locust._legacy",),
    "locust.stats": ("locust._free_entry", "locust._stats_text", "locust._stats_csv"),
    "requests.models": ("requests._response",),
    "katydid": ("_katydid_java",),
}
# What is public only for modules of ours.
INTERNAL = {
    "locust": "LegacyHook LegacyMeta turn_on fast_http_locust name runners_name stats_name",
    "locust.argument_parser": "CustomOptionsParser OptionsParser read_options",
    "locust.clients": "renamed split_credentials",
    "locust.contrib.fasthttp": "BODY_ERRORS ErrorContextManager body_error",
    "locust.core": "LegacyHook LegacyMeta turn_on fast_http_locust name runners_name stats_name",
    "locust.rpc.protocol": "to_wire from_wire",
    "locust.runners": "of_kind",
    "locust.user.task": "KILL_ARRIVES_WITHIN as_task_failure",
    "locust.web": "after auth_args host_is_required route template_args watches_replies",
    "gevent.greenlet": "ThreadGreenlet of_thread running",
    "katydid": "is_java as_python",
    "requests.models": "basic_authorization status_text",
    "requests.sessions": "following_request raise_failure",
    "requests.structures": "SessionHeaders",
    "greenlet.greenlet": "GreenletExit error getcurrent run",
    "urllib3.util.connection": "Destination",
    "locust.argument_parser.Parser": "convert described extras",
    "locust.runners.Runner": "deliver",
    # These say what is wrong: an editor should say so before.
    "locust.contrib._fast_response.FastResponse": "failure success",
    "requests._response.Response": "failure success",
}
# Attributes that instances get from elsewhere than their class's own methods.
SET_ELSEWHERE = {
    "locust.contrib.fasthttp.LocustBadStatusCode": "code",
    "locust.contrib.fasthttp.ResponseContextManager": "error",
    "locust.user.markov_taskset.MarkovTaskSet": "current",
    "urllib3.connection.HTTPConnection": "sock",
    "requests.exceptions.JSONDecodeError": "msg doc pos lineno colno",
}
# 0.x: events that only a file which is written for it has.
LEGACY_EVENTS = ("request_success request_failure hatch_complete locust_start_hatching locust_stop_hatching "
                 "locust_error master_start_hatching master_stop_hatching slave_report").split()


def modules_below(root, ending):
    """{dotted name: path} of the files below a folder."""
    found = {}
    for folder, _, names in os.walk(root):
        for name in names:
            if name.endswith(ending):
                path = os.path.join(folder, name)
                dotted = os.path.relpath(path, root)[:-len(ending)].replace(os.sep, ".")
                found[dotted.removesuffix(".__init__")] = path
    return found


@functools.cache
def parsed(path):
    with open(path, encoding="utf-8") as file:
        return ast.parse(file.read())


SOURCES = modules_below(PYTHON, ".py")
STUB_FILES = modules_below(STUBS, ".pyi")
TREES = {name: parsed(path) for name, path in STUB_FILES.items()}


def public(names):
    return {name for name in names if not name.startswith("_")}


def targets(node):
    """Names that an assignment defines."""
    found = [node.target] if isinstance(node, ast.AnnAssign) else node.targets
    for target in found:
        for one in target.elts if isinstance(target, (ast.Tuple, ast.List)) else [target]:
            if isinstance(one, ast.Name):
                yield one.id


def definitions(body):
    """{name: nodes} of what a module or class defines; in stubs also of what they pass on as `x as x`."""
    found = {}
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found.setdefault(node.name, []).append(node)
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            for name in targets(node):
                found.setdefault(name, []).append(node)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                if alias.asname == alias.name:
                    found.setdefault(alias.name, []).append(node)
    return found


def names_of_source(module):
    """Public names that a module's sources define or name in __all__."""
    names = set()
    for part in (module, *PARTS.get(module, ())):
        body = parsed(SOURCES[part]).body
        names.update(definitions(body))
        for node in body:
            if isinstance(node, ast.Assign) and "__all__" in targets(node):
                names.update(ast.literal_eval(node.value))
    return public(names)


def classes_of(tree):
    return [node for node in tree.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]


def source_class(cls):
    """The definition of a class in our sources, or None."""
    path = SOURCES.get(cls.__module__)
    for part in (cls.__module__, *PARTS.get(cls.__module__, ())) if path else ():
        for node in ast.walk(parsed(SOURCES[part])):
            if isinstance(node, ast.ClassDef) and node.name == cls.__name__:
                return node
    return None


def attributes_set(node, of_self_only=False):
    """Attributes that the methods of a class assign: `self.x = ...`, or of any name."""
    return {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute) and isinstance(one.ctx, ast.Store)
            and isinstance(one.value, ast.Name) and (one.value.id == "self" or not of_self_only)}


def imported(module):
    return module not in NOT_IMPORTED and not module.startswith("requests.packages.")


def described_classes():
    """{class: names of its members in the stubs}, of every class that can be imported."""
    found = {}
    for module, tree in TREES.items():
        if imported(module):
            for node in classes_of(tree):
                cls = getattr(importlib.import_module(module), node.name)
                found.setdefault(cls, set()).update(definitions(node.body))
    return found


def instance_has(cls, name):
    """Whether objects of a class have an attribute: the class has it, or its methods set it."""
    if hasattr(cls, name) or cls is Events and (name in vars(Events()) or name in LEGACY_EVENTS):
        return True
    for base in cls.__mro__:
        node = source_class(base)
        if node is not None and name in attributes_set(node):
            return True
    return False


def signature(function):
    """(positional, by name only, takes *args, takes **kwargs) of a stub's definition; each name says if it has a
    default."""
    args = function.args
    positional = [arg.arg for arg in args.posonlyargs + args.args]
    without = len(positional) - len(args.defaults)
    first = [(name, index >= without) for index, name in enumerate(positional)]
    named = [(arg.arg, default is not None) for arg, default in zip(args.kwonlyargs, args.kw_defaults)]
    return first, named, args.vararg is not None, args.kwarg is not None


def is_static(function):
    return any(isinstance(one, ast.Name) and one.id == "staticmethod" for one in function.decorator_list)


def is_property(function):
    return any(isinstance(one, ast.Name) and one.id == "property" or
               isinstance(one, ast.Attribute) and one.attr == "setter" for one in function.decorator_list)


def differences(nodes, function, method):
    """How the definitions of a stub (several if overloaded) differ from a Python function."""
    parameters = list(inspect.signature(function).parameters.values())
    kinds = {parameter.kind for parameter in parameters}
    any_position, any_name = inspect.Parameter.VAR_POSITIONAL in kinds, inspect.Parameter.VAR_KEYWORD in kinds
    named = {one.name: one for one in parameters if one.kind not in (
        inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)}
    order = [one.name for one in parameters if one.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD]
    if method:
        named.pop(order[0])
        order = order[1:]
    said, optional, swallows = set(), set(), False
    for node in nodes:
        first, by_name, stub_args, stub_kwargs = signature(node)
        first = first[1:] if method else first
        swallows = swallows or stub_args or stub_kwargs
        positions = [name for name, _ in first]
        if not any_position and not node.args.posonlyargs and positions != order[:len(positions)]:
            yield f"has its parameters in the order {order}, not {positions}"
        said.update(name for name, _ in first + by_name)
        optional.update(name for name, default in first + by_name if default)
        if stub_kwargs and not any_name:
            yield "does not take **" + node.args.kwarg.arg
        if any_name and not stub_kwargs and len(named) == len(positions) == 0 and not by_name:
            yield "takes **kwargs"
    for name in said - set(named):
        if not any_name and not any_position:
            yield f"has no parameter {name}"
    for name, parameter in named.items():
        if name.startswith("_"):
            continue
        if name not in said:
            if not swallows:
                yield f"has a parameter {name}"
        elif (name in optional) != (parameter.default is not inspect.Parameter.empty):
            yield f"has {'no ' if name in optional else 'a '}default for {name}"


class StubsTest(unittest.TestCase):
    maxDiff = None

    def test_every_public_module_has_a_stub(self):
        wanted = {name for name in SOURCES if name.split(".")[0] in PACKAGES
                  and not any(part.startswith("_") for part in name.split("."))
                  and not name.startswith("urllib3.contrib")}
        self.assertEqual(set(), wanted - set(STUB_FILES) - set(WITHOUT), "without a stub")
        self.assertEqual(set(), public(STUB_FILES) - set(SOURCES) - set(WITHOUT_SOURCE), "without a module")
        self.assertEqual(set(), set(WITHOUT) - wanted, "no longer a module")

    def test_every_stub_says_whose_it_is(self):
        unmarked = []
        for path in STUB_FILES.values():
            with open(path, encoding="utf-8") as file:
                if file.readline() != MARK + "\n":
                    unmarked.append(path)
        self.assertEqual([], unmarked)

    def test_what_modules_define_is_in_the_stubs(self):
        missing = []
        for module, tree in TREES.items():
            if module in SOURCES:
                defined, internal = names_of_source(module), set(INTERNAL.get(module, "").split())
                missing += [f"{module}.{name}" for name in defined - internal - set(definitions(tree.body))]
                self.assertEqual(set(), internal - defined, f"{module} does not define these")
        self.assertEqual([], missing)

    def test_what_stubs_define_is_in_the_modules(self):
        missing = []
        for module, tree in TREES.items():
            names = public(definitions(tree.body))
            if module in NOT_IMPORTED:
                missing += [f"{module}.{name}" for name in names - names_of_source(module)]
            elif imported(module):
                loaded = importlib.import_module(module)
                missing += [f"{module}.{name}" for name in names
                            if not hasattr(loaded, name) and f"{module}.{name}" not in STUB_FILES]
        # The run's runner and statistics under their names of 0.x: there is no run here.
        self.assertEqual(["locust.runners.global_stats", "locust.stats.global_stats"], sorted(missing))

    def test_lists_of_names_are_the_same(self):
        for module, tree in TREES.items():
            for node in tree.body:
                if isinstance(node, ast.Assign) and "__all__" in targets(node):
                    self.assertEqual(sorted(importlib.import_module(module).__all__),
                                     sorted(ast.literal_eval(node.value)), module)

    def test_members_of_classes_are_in_the_stubs(self):
        described, missing = described_classes(), []
        for cls in described:
            known = set().union(*(described.get(base, ()) for base in cls.__mro__))
            known |= set(INTERNAL.get(f"{cls.__module__}.{cls.__name__}", "").split())
            node = source_class(cls)
            own = attributes_set(node, True) if node is not None else set()
            # Members of a base that is not ours need not be said again.
            known.update(*(vars(base) for base in cls.__mro__ if base.__module__ not in SOURCES))
            missing += [f"{cls.__module__}.{cls.__name__}.{name}" for name in public(set(vars(cls)) | own) - known]
        self.assertEqual([], sorted(missing))

    def test_members_of_stubs_exist(self):
        missing = []
        for module, tree in TREES.items():
            if not imported(module):
                continue
            for node in classes_of(tree):
                cls = getattr(importlib.import_module(module), node.name)
                elsewhere = SET_ELSEWHERE.get(f"{module}.{node.name}", "").split()
                missing += [f"{module}.{node.name}.{name}" for name in public(definitions(node.body))
                            if name not in elsewhere and not instance_has(cls, name)]
        self.assertEqual([], missing)

    def test_members_of_stubs_that_cannot_be_imported(self):
        missing = []
        for module in NOT_IMPORTED:
            source = {node.name: node for node in parsed(SOURCES[module]).body if isinstance(node, ast.ClassDef)}
            for node in classes_of(TREES[module]):
                seen = set(definitions(source[node.name].body)) | {
                    one.attr for one in ast.walk(source[node.name]) if isinstance(one, ast.Attribute)}
                missing += [f"{module}.{node.name}.{name}" for name in public(definitions(node.body)) - seen]
        self.assertEqual([], missing)

    def test_parameters_are_the_same(self):
        wrong, compared = [], 0
        for module, tree in TREES.items():
            if not imported(module):
                continue
            loaded = importlib.import_module(module)
            for name, nodes in definitions(tree.body).items():
                if isinstance(nodes[0], ast.FunctionDef) and inspect.isfunction(getattr(loaded, name, None)):
                    compared += 1
                    wrong += [f"{module}.{name} {what}" for what in differences(nodes, getattr(loaded, name), False)]
            for node in classes_of(tree):
                cls = getattr(loaded, node.name)
                for name, nodes in definitions(node.body).items():
                    if not isinstance(nodes[0], ast.FunctionDef) or is_property(nodes[0]) or name == "__getattr__":
                        continue
                    member = inspect.getattr_static(cls, name, None)
                    member = getattr(member, "__func__", member)
                    if inspect.isfunction(member) and member.__name__ != "<lambda>":
                        compared += 1
                        wrong += [f"{module}.{node.name}.{name} {what}"
                                  for what in differences(nodes, member, not is_static(nodes[0]))]
        self.assertEqual([], wrong)
        self.assertGreater(compared, 400)

    def test_status_codes(self):
        import requests
        names = definitions(next(node for node in TREES["requests.status_codes"].body
                                 if isinstance(node, ast.ClassDef)).body)
        self.assertEqual([], [name for name in names if not isinstance(getattr(requests.codes, name, None), int)])
        self.assertEqual(set(), {name for name in vars(requests.codes) if name.isidentifier()} - set(names)
                         - {"name", "continue"})


if __name__ == "__main__":
    unittest.main()
