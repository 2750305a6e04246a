"""As much of pytest as Locust's tests use outside unittest classes: parametrize, raises, fixtures only as a mark."""
import re
import types


class _Mark:
    def parametrize(self, names, rows, **_):
        def mark(function):
            function._rows = [row if isinstance(row, (tuple, list)) else (row,) for row in rows]
            return function
        return mark

    @staticmethod
    def skip(function=None, **_):
        def mark(function):
            function._skipped = True
            return function
        return mark(function) if function is not None else mark

    def __getattr__(self, name):
        return lambda *words, **_: (words[0] if len(words) == 1 and callable(words[0]) else lambda function: function)


mark = _Mark()


def fixture(*words, **_):
    return words[0] if words and callable(words[0]) else lambda function: function


class raises:
    def __init__(self, expected, match=None):
        self.expected, self.match, self.value = expected, match, None

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        assert kind is not None and issubclass(kind, self.expected), f"{self.expected} was not raised"
        assert self.match is None or re.search(self.match, str(error)), str(error)
        self.value = error
        return True


def fail(reason):
    raise AssertionError(reason)


def _skip():
    import unittest
    raise unittest.SkipTest("marked to be skipped in Locust itself")


def functions(module):
    """(label, function without arguments) of a module's test functions."""
    for name, function in list(vars(module).items()):
        if name.startswith("test_") and isinstance(function, types.FunctionType):
            if getattr(function, "_skipped", False):
                yield f"{module.__name__.rsplit('.', 1)[-1]}.{name}", _skip
                continue
            rows = getattr(function, "_rows", None)
            if rows is None and not function.__code__.co_argcount:
                yield f"{module.__name__.rsplit('.', 1)[-1]}.{name}", function
            for number, row in enumerate(rows or ()):
                yield (f"{module.__name__.rsplit('.', 1)[-1]}.{name}[{number}]",
                       lambda function=function, row=row: function(*row))
