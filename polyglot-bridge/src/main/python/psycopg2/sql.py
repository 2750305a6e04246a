"""Statements put together of parts, each quoted as what it is: SQL("select {} from {}").format(Identifier("a"), ...)."""
import string

from psycopg2 import _adapt
from psycopg2.extensions import connection as _connection, quote_ident


class Composable:
    """A part of a statement. as_string(connection or cursor) is its text."""

    def __init__(self, wrapped):
        self._wrapped = wrapped

    def as_string(self, context):
        """The text for a connection or a cursor."""
        raise NotImplementedError

    def __add__(self, other):
        if isinstance(other, Composed):
            return Composed([self]) + other
        return Composed([self]) + Composed([other]) if isinstance(other, Composable) else NotImplemented

    def __mul__(self, number):
        return Composed([self] * number)

    def __eq__(self, other):
        return type(self) is type(other) and self._wrapped == other._wrapped

    __hash__ = None

    def __repr__(self):
        return f"{type(self).__name__}({self._wrapped!r})"


class Composed(Composable):
    """Parts one after the other."""

    def __init__(self, seq):
        parts = list(seq)
        for one in parts:
            if not isinstance(one, Composable):
                raise TypeError(f"Composed elements must be Composable, got {one!r} instead")
        super().__init__(parts)

    @property
    def seq(self):
        """The parts."""
        return list(self._wrapped)

    def as_string(self, context):
        return "".join(one.as_string(context) for one in self._wrapped)

    def __iter__(self):
        return iter(self._wrapped)

    def __add__(self, other):
        if isinstance(other, Composed):
            return Composed(self._wrapped + other._wrapped)
        return Composed([*self._wrapped, other]) if isinstance(other, Composable) else NotImplemented

    def join(self, joiner):
        """The parts with another between them."""
        if isinstance(joiner, str):
            joiner = SQL(joiner)
        elif not isinstance(joiner, SQL):
            raise TypeError("Composed.join() argument must be a string or an SQL")
        return joiner.join(self)


class SQL(Composable):
    """A piece of a statement as it is."""

    def __init__(self, string):
        if not isinstance(string, str):
            raise TypeError("SQL values must be strings")
        super().__init__(string)

    @property
    def string(self):
        """The text."""
        return self._wrapped

    def as_string(self, context):
        return self._wrapped

    def format(self, *args, **kwargs):
        """Parts in place of {}, {0} or {name}."""
        parts = []
        following = 0
        for text, field, spec, conversion in string.Formatter().parse(self._wrapped):
            if spec:
                raise ValueError("no format specification supported by SQL")
            if conversion:
                raise ValueError("no format conversion supported by SQL")
            if text:
                parts.append(SQL(text))
            if field is None:
                continue
            if field.isdigit():
                if following:
                    raise ValueError("cannot switch from automatic field numbering to manual")
                following = None
                parts.append(args[int(field)])
            elif not field:
                if following is None:
                    raise ValueError("cannot switch from manual field numbering to automatic")
                parts.append(args[following])
                following += 1
            else:
                parts.append(kwargs[field])
        return Composed(parts)

    def join(self, seq):
        """The parts of a sequence with this between them."""
        parts = []
        for one in seq:
            parts += [self, one] if parts else [one]
        return Composed(parts)


class Identifier(Composable):
    """A name, or several that are joined by dots."""

    def __init__(self, *strings):
        if not strings:
            raise TypeError("Identifier cannot be empty")
        for one in strings:
            if not isinstance(one, str):
                raise TypeError("SQL identifier parts must be strings")
        super().__init__(strings)

    @property
    def strings(self):
        """The names."""
        return self._wrapped

    @property
    def string(self):
        """The name, if it is one."""
        if len(self._wrapped) == 1:
            return self._wrapped[0]
        raise AttributeError("the Identifier wraps more than one than one string")

    def as_string(self, context):
        return ".".join(quote_ident(one, context) for one in self._wrapped)

    def __repr__(self):
        return f"Identifier({', '.join(map(repr, self._wrapped))})"


class Literal(Composable):
    """A value."""

    @property
    def wrapped(self):
        """The value."""
        return self._wrapped

    def as_string(self, context):
        return _adapt.literal(self._wrapped, context if isinstance(context, _connection) else context.connection)


class Placeholder(Composable):
    """%s, or with a name %(name)s."""

    def __init__(self, name=None):
        if isinstance(name, str):
            if ")" in name:
                raise ValueError(f"invalid name: {name!r}")
        elif name is not None:
            raise TypeError(f"expected string or None as name, got {name!r}")
        super().__init__(name)

    @property
    def name(self):
        """The name, or None."""
        return self._wrapped

    def as_string(self, context):
        return "%s" if self._wrapped is None else f"%({self._wrapped})s"

    def __repr__(self):
        return f"Placeholder({'' if self._wrapped is None else repr(self._wrapped)})"


NULL = SQL("NULL")
DEFAULT = SQL("DEFAULT")
