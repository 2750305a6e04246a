"""Files without user classes that pytest would run: each test function becomes a user class (cli.md section 2)."""
import inspect
import re

_TEST = re.compile(rb"^\s*(async\s+)?def\s+test|^\s*class\s+Test", re.MULTILINE)


def may_have_tests(path):
    """Whether a look with pytest, which takes a while to import, is worth it."""
    with open(path, "rb") as file:
        return _TEST.search(file.read()) is not None


def load_pytest_file(path):
    """{name: user class} of a file's test functions. Raises ValueError for a parameter that is no fixture."""
    import pytest
    from _pytest.config import Config

    from .user.users import PytestUser
    # Quiet, without taking stdin, without writing beside the file, which may lie in a read-only volume.
    words = ["-q", "-s", "-p", "no:cacheprovider", "-p", "pytest_locust.plugin", path]
    config = Config.fromdictargs({}, words)
    config._do_configure()
    collection = pytest.Session.from_config(config)
    config.hook.pytest_sessionstart(session=collection)
    collection.perform_collect()
    config.hook.pytest_collection_modifyitems(session=collection, config=config, items=collection.items)
    classes = {}
    for function in collection.items:
        if isinstance(function, pytest.Function):
            function.kwargs = {}
            function.fixturedef = _fixture(collection._fixturemanager, function)
            known = classes.get(function.name)
            if known is None:
                known = classes[function.name] = type(function.name, (PytestUser,), {"functions": []})
            known.functions.append(function)
    return classes


def _fixture(fixtures, function):
    """What makes the function's argument; None if it has none."""
    found = None
    for name in inspect.signature(function.obj).parameters:
        known = fixtures.getfixturedefs(name, function)
        if not known:
            raise ValueError(f"Could not find fixture for parameter {name!r} in {function.name}")
        if len(known) > 1:
            raise ValueError(f"Multiple fixtures found for parameter {name!r} in {function.name}: {known}")
        found = known[0]
    return found
