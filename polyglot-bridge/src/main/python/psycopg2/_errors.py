"""The exceptions of the DB-API, and how what the server says becomes one: the message as libpq writes it, with the line
that the server points at."""

_FIELDS = ("sqlstate", "severity", "message_primary", "message_detail", "message_hint", "statement_position",
           "internal_position", "internal_query", "context", "schema_name", "table_name", "column_name", "datatype_name",
           "constraint_name", "source_file", "source_line", "source_function")
_LINE_WIDTH = 60
_MARGIN = 10
_LOST = ("server closed the connection unexpectedly\n\tThis probably means the server terminated abnormally\n"
         "\tbefore or while processing the request.\n")


class Warning(Exception):
    """Important, but no error."""


class Error(Exception):
    """Base of all errors. `pgerror` and `pgcode` are what the server said, `diag` its parts."""

    pgerror = None
    pgcode = None
    cursor = None
    _said = None

    @property
    def diag(self):
        """What the server said, part by part."""
        return Diagnostics(self)


class InterfaceError(Error):
    """The interface was used wrongly, such as after close()."""


class DatabaseError(Error):
    """The server, or the way to it, had a problem."""


class DataError(DatabaseError):
    """A value is not what was expected."""


class OperationalError(DatabaseError):
    """Not under the control of the programmer: a lost connection, a lack of memory."""


class IntegrityError(DatabaseError):
    """A constraint would be violated."""


class InternalError(DatabaseError):
    """The server is in a state that does not allow this."""


class ProgrammingError(DatabaseError):
    """The statement is wrong, or a table does not exist."""


class NotSupportedError(DatabaseError):
    """The database, or this module, cannot do that."""


class QueryCanceledError(OperationalError):
    """The statement was cancelled."""


class TransactionRollbackError(OperationalError):
    """The transaction was rolled back by the server: a deadlock, a failed serialization."""


for _kind in (Warning, Error, InterfaceError, DatabaseError, DataError, OperationalError, IntegrityError, InternalError,
              ProgrammingError, NotSupportedError):
    _kind.__module__ = "psycopg2"
QueryCanceledError.__module__ = TransactionRollbackError.__module__ = "psycopg2.extensions"

# By the first two characters of the code, the longer ones first.
_BASES = {
    "57014": QueryCanceledError,
    "08": OperationalError, "0A": NotSupportedError, "20": ProgrammingError, "21": ProgrammingError, "22": DataError,
    "23": IntegrityError, "24": InternalError, "25": InternalError, "26": OperationalError, "27": OperationalError,
    "28": OperationalError, "2B": InternalError, "2D": InternalError, "2F": InternalError, "34": OperationalError,
    "38": InternalError, "39": InternalError, "3B": InternalError, "3D": ProgrammingError, "3F": ProgrammingError,
    "40": TransactionRollbackError, "42": ProgrammingError, "44": ProgrammingError, "5": OperationalError,
    "F": InternalError, "H": OperationalError, "P": InternalError, "X": InternalError}


def base_of(code):
    """The class of the DB-API that a code belongs to."""
    for length in (5, 2, 1):
        base = _BASES.get(code[:length])
        if base is not None:
            return base
    return DatabaseError


class Diagnostics:
    """The parts of what the server said; None for those it did not mention."""

    def __init__(self, error):
        said = error._said or {}
        for name in _FIELDS:
            setattr(self, name, said.get(name))
        self.severity_nonlocalized = self.severity


Diagnostics.__module__ = "psycopg2.extensions"


def said(flat):
    """The parts of one or several messages of the server, from Java's flat text."""
    values = flat.split("\0")[:-1]
    for start in range(0, len(values), len(_FIELDS)):
        yield {name: value for name, value in zip(_FIELDS, values[start:start + len(_FIELDS)]) if value}


def text_of(parts, sql=None):
    """A message of the server as libpq shows it."""
    text = f"{parts.get('severity', 'ERROR')}:  {parts.get('message_primary', '')}"
    place = parts.get("statement_position")
    source = sql
    if place is None:
        place = parts.get("internal_position")
        source = parts.get("internal_query")
    if place is not None and source is None:
        text += f" at character {place}"
    text += "\n"
    if place is not None and source is not None:
        text += _pointing_at(source, int(place))
    for name, title in (("message_detail", "DETAIL"), ("message_hint", "HINT"), ("internal_query", "QUERY"),
                        ("context", "CONTEXT")):
        if name in parts and (name != "context" or parts.get("severity") in ("ERROR", "FATAL", "PANIC")):
            text += f"{title}:  {parts[name]}\n"
    return text


def _pointing_at(source, place):
    """The line of a statement with a mark below a character, counted from 1; shortened to the width of a screen."""
    place -= 1
    if not 0 <= place <= len(source):
        return ""
    before = source[:place].replace("\r\n", "\n").replace("\r", "\n")
    number = before.count("\n") + 1
    start = max(source.rfind("\n", 0, place), source.rfind("\r", 0, place)) + 1
    end = min((at for at in (source.find("\n", place), source.find("\r", place)) if at >= 0), default=len(source))
    cut_left = cut_right = False
    if end - start > _LINE_WIDTH:
        if start + _LINE_WIDTH >= place + _MARGIN:
            end = start + _LINE_WIDTH
            cut_right = True
        else:
            if place + _MARGIN < end:
                end = place + _MARGIN
                cut_right = True
            if end - start > _LINE_WIDTH:
                start = end - _LINE_WIDTH
                cut_left = True
    head = f"LINE {number}: {'...' if cut_left else ''}"
    line = source[start:end].replace("\t", " ")
    return f"{head}{line}{'...' if cut_right else ''}\n{' ' * (len(head) + place - start)}^\n"


def error_of(flat, sql=None, cursor=None, prefix=""):
    """The exception for a failure that Java reports. `prefix` stands before what the server said."""
    values = flat.split("\0")
    if len(values) < len(_FIELDS):
        return _of_the_driver(values, cursor, prefix)
    parts = next(said(flat))
    text = text_of(parts, sql)
    code = parts.get("sqlstate")
    if prefix:
        error = OperationalError(prefix + text)
    else:
        from psycopg2 import errors
        shown = text
        for severity in ("ERROR:  ", "FATAL:  ", "PANIC:  "):
            if text.startswith(severity):
                shown = text[len(severity):]
        error = errors._class_of(code)(shown)
        error.pgcode = code
        error.pgerror = text
        error._said = parts
    error.cursor = cursor
    return error


def _of_the_driver(values, cursor, prefix):
    """The exception for a complaint of the JDBC driver itself, mostly about the connection."""
    state, _, message, cause, detail = values[:5]
    if prefix:
        if "ConnectException" in cause:
            text = f"{detail}\n\tIs the server running on that host and accepting TCP/IP connections?\n"
        elif "does not support SSL" in message:
            text = "server does not support SSL, but SSL was required\n"
        else:
            text = f"{message}{' (' + detail + ')' if detail and detail not in message else ''}\n"
        error = OperationalError(prefix + text)
    elif state[:2] == "08":
        error = OperationalError(_LOST)
    else:
        error = base_of(state or "")(f"{message}{' (' + detail + ')' if detail else ''}\n")
    error.cursor = cursor
    return error
