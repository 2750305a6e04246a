"""One exception for each of PostgreSQL's codes; they are made when they are first asked for."""
from psycopg2 import _errors, _sqlstates
from psycopg2._errors import (DatabaseError, DataError, Error, IntegrityError, InterfaceError, InternalError,
                              NotSupportedError, OperationalError, ProgrammingError, QueryCanceledError,
                              TransactionRollbackError, Warning)


def lookup(code):
    """The class for a code; KeyError if there is none."""
    for one, _, kind in _sqlstates.rows():
        if one == code and kind is not None:
            return __getattr__(kind)
    raise KeyError(code)


def _class_of(code):
    """The class for what the server said, that of the group of codes if the code itself has none."""
    try:
        return lookup(code)
    except KeyError:
        return _errors.base_of(code or "")


def __getattr__(name):
    kind = globals().get(name)
    if kind is not None:
        return kind
    for code, _, one in _sqlstates.rows():
        if one == name:
            kind = type(name, (_errors.base_of(code),), {"__module__": __name__})
            globals()[name] = kind
            return kind
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__():
    return sorted({*globals(), *(kind for _, _, kind in _sqlstates.rows() if kind)})
