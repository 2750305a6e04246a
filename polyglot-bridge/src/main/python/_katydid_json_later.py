"""The functions of `_katydid_json`, which is imported by the first call of one: the standard library's json takes long
to load. Read them as attributes of this module; afterwards they are the real ones, and no import is executed again.
"""


def loads(text):
    return _loaded().loads(text)


def dumps(value):
    return _loaded().dumps(value)


def dumps_strict(value):
    return _loaded().dumps_strict(value)


def _loaded():
    global loads, dumps, dumps_strict
    import _katydid_json as real
    loads, dumps, dumps_strict = real.loads, real.dumps, real.dumps_strict
    return real
