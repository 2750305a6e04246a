"""Ranges of numbers, dates and times."""
from psycopg2 import _adapt
from psycopg2._errors import InterfaceError


class Range:
    """A range; `bounds` is one of (), [), (] and []. Without bounds at all it is empty."""

    __slots__ = ("_lower", "_upper", "_bounds")

    def __init__(self, lower=None, upper=None, bounds="[)", empty=False):
        if not empty:
            if bounds not in ("[)", "(]", "()", "[]"):
                raise ValueError(f"bound flags not valid: {bounds!r}")
            self._lower, self._upper, self._bounds = lower, upper, bounds
        else:
            self._lower = self._upper = self._bounds = None

    def __repr__(self):
        if self._bounds is None:
            return f"{type(self).__name__}(empty=True)"
        return f"{type(self).__name__}({self._lower!r}, {self._upper!r}, {self._bounds!r})"

    def __str__(self):
        if self._bounds is None:
            return "empty"
        return f"{self._bounds[0]}{self._lower}, {self._upper}{self._bounds[1]}"

    @property
    def lower(self):
        """The lower bound; None if there is none."""
        return self._lower

    @property
    def upper(self):
        """The upper bound; None if there is none."""
        return self._upper

    @property
    def isempty(self):
        """Whether nothing is in it."""
        return self._bounds is None

    @property
    def lower_inf(self):
        """Whether it has no lower bound."""
        return self._bounds is not None and self._lower is None

    @property
    def upper_inf(self):
        """Whether it has no upper bound."""
        return self._bounds is not None and self._upper is None

    @property
    def lower_inc(self):
        """Whether the lower bound belongs to it."""
        return self._bounds is not None and self._lower is not None and self._bounds[0] == "["

    @property
    def upper_inc(self):
        """Whether the upper bound belongs to it."""
        return self._bounds is not None and self._upper is not None and self._bounds[1] == "]"

    def __contains__(self, value):
        if self._bounds is None:
            return False
        if self._lower is not None and (value < self._lower or value == self._lower and self._bounds[0] == "("):
            return False
        return self._upper is None or value < self._upper or value == self._upper and self._bounds[1] == "]"

    def __bool__(self):
        return self._bounds is not None

    def _parts(self):
        return self._lower, self._upper, self._bounds

    def __eq__(self, other):
        return isinstance(other, Range) and self._parts() == other._parts()

    def __hash__(self):
        return hash(self._parts())

    def _order(self):
        return tuple(part for one in self._parts() for part in (one is not None, one) if part is not None)

    def __lt__(self, other):
        return self._order() < other._order() if isinstance(other, Range) else NotImplemented

    def __le__(self, other):
        return self == other or self < other

    def __gt__(self, other):
        return other < self if isinstance(other, Range) else NotImplemented

    def __ge__(self, other):
        return self == other or self > other


class NumericRange(Range):
    """int4range, int8range, numrange."""


class DateRange(Range):
    """daterange."""


class DateTimeRange(Range):
    """tsrange."""


class DateTimeTZRange(Range):
    """tstzrange."""


class RangeAdapter(_adapt._Adapter):
    """A range as a literal; of a class with a `name` by calling the function of that name."""

    name = None

    @classmethod
    def _of(cls, value, connection):
        if value.isempty:
            return f"'empty'::{cls.name}" if cls.name else "'empty'"
        if cls.name:
            bounds = [_adapt.literal(one, connection) for one in (value.lower, value.upper)]
            return f"{cls.name}({bounds[0]}, {bounds[1]}, '{value._bounds}')"
        bounds = ["" if one is None else str(one) for one in (value.lower, value.upper)]
        return f"'{value._bounds[0]}{bounds[0]},{bounds[1]}{value._bounds[1]}'"

    def getquoted(self):
        return self._of(self._wrapped, self._conn).encode()


def _adapter(name):
    return type(name + "Adapter", (RangeAdapter,), {"name": name})


_adapt.register_adapter(NumericRange, RangeAdapter)
for _kind, _name in ((DateRange, "daterange"), (DateTimeRange, "tsrange"), (DateTimeTZRange, "tstzrange")):
    _adapt.register_adapter(_kind, _adapter(_name))


def parse(text, kind, bound):
    """The range of a server's text."""
    if text == "empty":
        return kind(empty=True)
    if text[:1] not in "[(" or text[-1:] not in "])":
        raise InterfaceError(f"failed to parse range: '{text}'")
    lower, at = _bound(text, 1)
    upper, _ = _bound(text, at + 1)
    return kind(None if lower is None else bound(lower, None), None if upper is None else bound(upper, None),
                text[0] + text[-1])


def _bound(text, at):
    """The bound that begins at a place, and the place behind it."""
    if text[at] != '"':
        end = at
        while text[end] not in ",])":
            end += 1
        return text[at:end] or None, end
    piece = []
    at += 1
    while True:
        if text[at] in "\"\\" and text[at + 1] == text[at] or text[at] == "\\":
            at += 1
        elif text[at] == '"':
            return "".join(piece), at + 1
        piece.append(text[at])
        at += 1


class RangeCaster:
    """What register_range() has made: the class, its adapter and the casters."""

    def __init__(self, pgrange, pyrange, oid, subtype_oid, array_oid=None):
        from psycopg2 import _types
        name = pgrange.rsplit(".", 1)[-1]
        if isinstance(pyrange, str):
            pyrange = type(pyrange, (Range,), {})
        elif not (isinstance(pyrange, type) and issubclass(pyrange, Range)):
            raise TypeError("pyrange must be a type or a string")
        self.range = pyrange
        self.adapter = type(name + "Adapter", (RangeAdapter,), {"name": pgrange})
        bound = _types.string_types.get(subtype_oid, _types.STRING)
        self.typecaster = _types.new_type(
            (oid,), name, lambda value, cursor: None if value is None else parse(value, pyrange, bound))
        self.array_typecaster = None
        if array_oid:
            self.array_typecaster = _types.new_array_type((array_oid,), name + "ARRAY", self.typecaster)


def register_range(pgrange, pyrange, conn_or_curs, globally=False):
    """Uses a class for a range type of the database."""
    from psycopg2 import _types
    from psycopg2._errors import ProgrammingError
    connection = getattr(conn_or_curs, "connection", conn_or_curs)
    schema, _, name = pgrange.rpartition(".")
    with connection.cursor() as cursor:
        cursor.execute("select t.oid, r.rngsubtype, t.typarray from pg_range r join pg_type t on t.oid = r.rngtypid "
                       "join pg_namespace n on n.oid = t.typnamespace where t.typname = %s and "
                       "(n.nspname = %s or %s = '' and pg_type_is_visible(t.oid))", (name, schema, schema))
        row = cursor.fetchone()
    if row is None:
        raise ProgrammingError(f"PostgreSQL range '{pgrange}' not found")
    caster = RangeCaster(pgrange, pyrange, row[0], row[1], row[2])
    _adapt.register_adapter(caster.range, caster.adapter)
    for kind in (caster.typecaster, caster.array_typecaster):
        if kind is not None:
            _types.register_type(kind, None if globally else connection)
    return caster
