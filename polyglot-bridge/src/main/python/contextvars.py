"""contextvars, kept under the number of a user instead of its Java thread, which changes from turn to turn.

The standard module is written in Java and files what is set under the Java thread: a user would have to stay on its own,
which costs memory, and faker and decimal import this module without any of their users ever setting a variable.
"""
import _collections_abc

import _katydid

__all__ = ("Context", "ContextVar", "Token", "copy_context")

_ident = _katydid._ident
_current = {}
"""By number of the user or thread: its context, once it has set a variable or runs in a context."""


class _Missing:
    def __repr__(self):
        return "<Token.MISSING>"


_NOTHING = object()


class Token:
    """What ContextVar.set returns, for reset."""

    MISSING = _Missing()
    __slots__ = ("_context", "_var", "_old", "_used")

    def __init__(self, context, var, old):
        self._context = context
        self._var = var
        self._old = old
        self._used = False

    @property
    def var(self):
        return self._var

    @property
    def old_value(self):
        return self._old

    def __repr__(self):
        return f"<Token{' used' if self._used else ''} var={self._var!r} at {hex(id(self))}>"

    def __class_getitem__(cls, item):
        return cls


class ContextVar:
    """A variable with a value for each context."""

    __slots__ = ("_name", "_default", "__weakref__")

    def __init__(self, name, *, default=_NOTHING):
        if not isinstance(name, str):
            raise TypeError("context variable name must be a str")
        self._name = name
        self._default = default

    @property
    def name(self):
        return self._name

    def get(self, default=_NOTHING):
        """The value in the current context; else `default`, else the variable's own, else LookupError."""
        context = _current.get(_ident())
        value = _NOTHING if context is None else context._values.get(self, _NOTHING)
        if value is _NOTHING:
            value = self._default if default is _NOTHING else default
            if value is _NOTHING:
                raise LookupError(self)
        return value

    def set(self, value):
        """Sets the value in the current context; a token to undo it with."""
        context = _here()
        token = Token(context, self, context._values.get(self, Token.MISSING))
        context._values[self] = value
        return token

    def reset(self, token):
        """Undoes the set() that has returned the token."""
        if not isinstance(token, Token):
            raise TypeError(f"expected an instance of Token, got {token!r}")
        if token._used:
            raise RuntimeError(f"{token!r} has already been used once")
        if token._var is not self:
            raise ValueError(f"{token!r} was created by a different ContextVar")
        context = _here()
        if token._context is not context:
            raise ValueError(f"{token!r} was created in a different Context")
        token._used = True
        if token._old is Token.MISSING:
            del context._values[self]
        else:
            context._values[self] = token._old

    def __repr__(self):
        default = "" if self._default is _NOTHING else f" default={self._default!r}"
        return f"<ContextVar name={self._name!r}{default} at {hex(id(self))}>"

    def __class_getitem__(cls, item):
        return cls


class Context:
    """Variables and their values."""

    __slots__ = ("_values", "_entered", "__weakref__")

    def __init__(self):
        self._values = {}
        self._entered = False

    def run(self, callable, *args, **kwargs):
        """Calls something for which this is the current context."""
        if self._entered:
            raise RuntimeError(f"cannot enter context: {self!r} is already entered")
        number = _ident()
        before = _current.get(number)
        self._entered = True
        _current[number] = self
        try:
            return callable(*args, **kwargs)
        finally:
            self._entered = False
            if before is None:
                del _current[number]
            else:
                _current[number] = before

    def copy(self):
        made = Context()
        made._values = dict(self._values)
        return made

    def __getitem__(self, var):
        return self._values[_key(var)]

    def __contains__(self, var):
        return _key(var) in self._values

    def get(self, var, default=None):
        return self._values.get(_key(var), default)

    def __iter__(self):
        return iter(self._values)

    def __len__(self):
        return len(self._values)

    def keys(self):
        return self._values.keys()

    def values(self):
        return self._values.values()

    def items(self):
        return self._values.items()

    def __eq__(self, other):
        return self._values == other._values if isinstance(other, Context) else NotImplemented

    __hash__ = None


_collections_abc.Mapping.register(Context)
for _class in (Context, ContextVar, Token):
    _class.__module__ = "_contextvars"


def _key(var):
    if not isinstance(var, ContextVar):
        raise TypeError(f"a ContextVar key was expected, got {var!r}")
    return var


def _here():
    number = _ident()
    context = _current.get(number)
    if context is None:
        context = _current[number] = Context()
    return context


def copy_context():
    """A copy of the current context."""
    context = _current.get(_ident())
    return Context() if context is None else context.copy()


def _forget(number):
    """A user or thread has ended."""
    _current.pop(number, None)


def _become_real():
    """From now on this module has the interpreter's own classes: compiled code asks the interpreter for variables and contexts,
    and knows no others. Users stay on their threads then. Who has taken names from here before keeps those."""
    import _contextvars
    for name in __all__:
        globals()[name] = getattr(_contextvars, name)
