"""PostgreSQL's codes by name, such as UNIQUE_VIOLATION."""
from psycopg2 import _sqlstates

globals().update({_name.upper(): _code for _code, _name, _ in _sqlstates.rows()})
globals().update({_line.split()[1].upper(): _line.split()[0] for _line in _sqlstates.CLASSES.splitlines()})


def lookup(code):
    """The name of a code; KeyError if there is none."""
    for one, name, _ in _sqlstates.rows():
        if one == code:
            return name.upper()
    for line in _sqlstates.CLASSES.splitlines():
        one, name = line.split()
        if one == code:
            return name.upper()
    raise KeyError(code)
