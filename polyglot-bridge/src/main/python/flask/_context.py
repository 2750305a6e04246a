"""The request that this thread answers, and the names that stand for it: request, session, g, current_app."""
import _thread

_local = _thread._local()


class _Context:
    def __init__(self, app, request, session):
        self.app = app
        self.request = request
        self.session = session
        self.g = _Globals()


class _Globals:
    """Anything a handler wants to keep until the answer is made."""

    def get(self, name, default=None):
        return self.__dict__.get(name, default)

    def pop(self, name, default=None):
        return self.__dict__.pop(name, default)

    def setdefault(self, name, default=None):
        return self.__dict__.setdefault(name, default)

    def __contains__(self, name):
        return name in self.__dict__

    def __iter__(self):
        return iter(self.__dict__)


class Session(dict):
    """What the server remembers of one browser. `changed` tells whether it has to be stored again."""
    permanent = False

    def __init__(self, values):
        super().__init__(values)
        self._before = dict(values)

    @property
    def changed(self):
        return dict(self) != self._before

    modified = changed


def push(app, request, session):
    """Makes a request the current one; returns what has to be given to pop()."""
    before = getattr(_local, "context", None)
    _local.context = _Context(app, request, session)
    return before


def pop(before):
    _local.context = before


def has_request_context():
    return getattr(_local, "context", None) is not None


def stream_with_context(generator_or_function):
    """Pieces that are made while the request is known. (They are collected before the answer is sent.)"""
    if not callable(generator_or_function):
        return iter(generator_or_function)
    return lambda *args, **kwargs: iter(generator_or_function(*args, **kwargs))


def copy_current_request_context(function):
    """The function, which knows the request on any thread."""
    context = getattr(_local, "context", None)

    def with_context(*args, **kwargs):
        before = getattr(_local, "context", None)
        _local.context = context
        try:
            return function(*args, **kwargs)
        finally:
            _local.context = before

    return with_context


def current(what):
    context = getattr(_local, "context", None)
    if context is None:
        raise RuntimeError(f"Working outside of request context: {what} is only known while a request is answered.")
    return getattr(context, what)


class Proxy:
    """Stands for an object that is another one in every request."""

    def __init__(self, find):
        object.__setattr__(self, "_find", find)

    def _get_current_object(self):
        return self._find()

    def __getattr__(self, name):
        return getattr(self._find(), name)

    def __setattr__(self, name, value):
        setattr(self._find(), name, value)

    def __delattr__(self, name):
        delattr(self._find(), name)

    def __getitem__(self, key):
        return self._find()[key]

    def __setitem__(self, key, value):
        self._find()[key] = value

    def __delitem__(self, key):
        del self._find()[key]

    def __contains__(self, key):
        return key in self._find()

    def __iter__(self):
        return iter(self._find())

    def __len__(self):
        return len(self._find())

    def __bool__(self):
        return bool(self._find())

    def __eq__(self, other):
        return self._find() == other

    def __hash__(self):
        return hash(self._find())

    def __str__(self):
        return str(self._find())

    def __repr__(self):
        return repr(self._find())


request = Proxy(lambda: current("request"))
session = Proxy(lambda: current("session"))
g = Proxy(lambda: current("g"))
current_app = Proxy(lambda: current("app"))
