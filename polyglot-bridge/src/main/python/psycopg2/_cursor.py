"""Cursors: statements and their rows. The values of a row are made when it is fetched."""
import datetime
import re

import _katydid
from psycopg2 import _adapt, _types
from psycopg2._errors import InterfaceError, NotSupportedError, ProgrammingError

_COPY = re.compile(r"\s*copy\b.*\b(from\s+stdin|to\s+stdout)\b", re.I | re.S)
_COLUMN_PARTS = 6
_NUMERIC = 1700


class Column(tuple):
    """What is known of a column: the seven items of the DB-API, and the table it comes from."""

    __slots__ = ()
    name = property(lambda self: self[0])
    type_code = property(lambda self: self[1])
    display_size = property(lambda self: self[2])
    internal_size = property(lambda self: self[3])
    precision = property(lambda self: self[4])
    scale = property(lambda self: self[5])
    null_ok = property(lambda self: self[6])

    def __repr__(self):
        return f"Column(name={self.name!r}, type_code={self.type_code!r})"


class _TableColumn(Column):
    """With the table it comes from."""

    table_oid = None
    table_column = None


_TableColumn.__name__ = _TableColumn.__qualname__ = "Column"
Column.__module__ = _TableColumn.__module__ = "psycopg2.extensions"


def _columns(flat):
    """The columns of Java's flat text."""
    parts = flat.split("\0")
    found = []
    for at in range(0, len(parts) - 1, _COLUMN_PARTS):
        name = parts[at]
        number, size, modifier, table, place = map(int, parts[at + 1:at + _COLUMN_PARTS])
        number &= 0xFFFFFFFF
        if modifier > 0:
            modifier -= 4
        precision = scale = None
        if number == _NUMERIC:
            precision, scale = modifier >> 16 & 0xFFFF, modifier & 0xFFFF
        if size == -1:
            size = modifier >> 16 if number == _NUMERIC else modifier
        column = _TableColumn((name, number, None, size, precision, scale, None))
        if table:
            column.table_oid, column.table_column = table & 0xFFFFFFFF, place
        found.append(column)
    return tuple(found)


class cursor:
    """Runs statements on a connection and gives their rows. One with a name is declared in the server."""

    arraysize = 1
    itersize = 2000
    row_factory = None
    tzinfo_factory = datetime.timezone

    def __init__(self, conn, name=None, scrollable=None, withhold=False):
        self.connection = conn
        self.name = name
        self.scrollable = scrollable
        self.withhold = withhold
        self._closed = False
        self.string_types = {}
        self.binary_types = {}
        self.query = None
        self.typecaster = None
        self._forget()

    def _forget(self):
        self.description = None
        self.rowcount = -1
        self.rownumber = 0
        self.statusmessage = None
        self.lastrowid = 0
        self._values = None
        self._width = 0
        self._casters = None

    @property
    def closed(self):
        """Whether it, or its connection, is closed."""
        return self._closed or bool(self.connection.closed)

    def _check_open(self):
        if self.closed:
            raise InterfaceError("cursor already closed")

    # --- running statements -------------------------------------------------------------------------------------------

    def _text(self, query, variables):
        """The statement as it is sent."""
        if isinstance(query, bytes):
            query = query.decode("utf-8")
        elif not isinstance(query, str):
            as_string = getattr(query, "as_string", None)
            if as_string is None:
                raise TypeError("argument 1 must be a string or unicode object: "
                                f"got {type(query).__name__} instead")
            query = as_string(self)
        return query if variables is None else _adapt.compose(query, variables, self.connection)

    def mogrify(self, query, vars=None):
        """The statement with its values, in bytes."""
        self._check_open()
        return self._text(query, vars).encode("utf-8", "surrogateescape")

    def execute(self, query, vars=None):
        """Runs a statement."""
        self._check_open()
        if self.name is not None:
            return self._declare(query, vars)
        if not query:
            raise ProgrammingError("can't execute an empty query")
        self._run(self._text(query, vars))

    def _run(self, sql):
        self.query = sql.encode("utf-8", "surrogateescape")
        self._forget()
        copy = _COPY.match(sql)
        if copy is not None:
            self._refuse_copy("from" if copy.group(1)[:4].lower() == "from" else "to", sql)
        if "\0" in sql:
            raise ValueError("the query contains a NUL (0x00) character")
        self._take(self.connection._execute(sql, self))

    def _refuse_copy(self, way, sql):
        """The server is asked all the same: it may have its own complaints, and the transaction fails."""
        connection, java = self.connection, self.connection._java
        if way == "from":
            connection._call(java.copyIn, connection._begin(), sql, sql=sql, cursor=self)
            connection._call(java.endCopy, False)
        raise ProgrammingError(f"can't execute COPY {way.upper()}: use the copy_{way}() method instead")

    def _take(self, reply):
        """Makes a reply the cursor's result."""
        status = reply.status()
        if status is None or status == "EMPTY":
            raise ProgrammingError("can't execute an empty query")
        status = self.statusmessage = str(status)
        columns = reply.columns()
        if columns is None:
            words = status.split(" ")
            self.rowcount = int(words[-1]) if words[-1].isdigit() else -1
            if words[0] == "INSERT" and len(words) == 3:
                self.lastrowid = int(words[1])
            return
        self.description = _columns(columns)
        self.rowcount = reply.rowCount()
        self._width = len(self.description)
        count = self.rowcount * self._width
        self._values = values = reply.values().split("\0", count)[:count] if count else []
        nulls = reply.nulls()
        if nulls:
            for place in nulls.split(","):
                values[int(place)] = None
        self._find_casters()

    def _find_casters(self):
        tables = (self.string_types, self.connection.string_types, _types.string_types)
        self._casters = [next((table[one.type_code] for table in tables if one.type_code in table), _types.STRING)
                         for one in self.description]
        self._plain = [one.plain for one in self._casters]
        if None in self._plain:
            self._plain = None

    def executemany(self, query, vars_list):
        """Runs a statement once for each of the values."""
        self._check_open()
        if self.name is not None:
            raise ProgrammingError("can't call .executemany() on named cursors")
        count = 0
        for variables in vars_list:
            self.execute(query, variables)
            count = -1 if self.rowcount < 0 or count < 0 else count + self.rowcount
        self._forget_rows()
        self.rowcount = count

    def _forget_rows(self):
        self._values = None
        self.description = None

    def callproc(self, procname, parameters=None):
        """Calls a function of the database."""
        self._check_open()
        if self.name is not None:
            raise ProgrammingError("can't call .callproc() on named cursors")
        if parameters is None:
            self.execute(f"SELECT * FROM {procname}()")
        elif hasattr(parameters, "keys"):
            from psycopg2.extensions import quote_ident
            marks = ",".join(f"{quote_ident(name, self)}:=%s" for name in parameters)
            self.execute(f"SELECT * FROM {procname}({marks})", list(parameters.values()))
            return None
        else:
            self.execute(f"SELECT * FROM {procname}({','.join(['%s'] * len(parameters))})", parameters)
        return parameters

    # --- named cursors ------------------------------------------------------------------------------------------------

    def _declare(self, query, variables):
        if self.connection.autocommit and not self.withhold:
            raise ProgrammingError("can't use a named cursor outside of transactions")
        if self.query is not None:
            raise ProgrammingError("can't call .execute() on named cursors more than once")
        scroll = "" if self.scrollable is None else "SCROLL " if self.scrollable else "NO SCROLL "
        hold = "WITH" if self.withhold else "WITHOUT"
        self._run(f"DECLARE {self._quoted_name()} {scroll}CURSOR {hold} HOLD FOR {self._text(query, variables)}")

    def _quoted_name(self):
        name = self.name.replace('"', '""')
        return f'"{name}"'

    def _fetch(self, what):
        """Fetches rows of a named cursor."""
        if self.query is None:
            raise ProgrammingError("no results to fetch")
        self._forget()
        sql = f"FETCH FORWARD {what} FROM {self._quoted_name()}"
        self._take(self.connection._execute(sql, self))

    # --- rows ---------------------------------------------------------------------------------------------------------

    def _check_rows(self):
        self._check_open()
        if self.description is None and self.name is None:
            raise ProgrammingError("no results to fetch")

    def _row(self, index):
        width = self._width
        texts = self._values[index * width:(index + 1) * width]
        if self._plain is not None:
            values = [None if text is None else plain(text) for plain, text in zip(self._plain, texts)]
        else:
            values = [cast(text, self) for cast, text in zip(self._casters, texts)]
        return self._made_row(values)

    def _made_row(self, values):
        if self.row_factory is None:
            return tuple(values)
        row = self.row_factory(self)
        for index, value in enumerate(values):
            row[index] = value
        return row

    def fetchone(self):
        """The next row, or None."""
        self._check_rows()
        if self.name is not None:
            self._fetch(1)
            return self._row(0) if self.rowcount else None
        index = self.rownumber
        if index >= self.rowcount:
            return None
        self.rownumber = index + 1
        return self._row(index)

    def fetchmany(self, size=None):
        """The next rows, `arraysize` if no number is given."""
        self._check_rows()
        size = self.arraysize if size is None else size
        if self.name is not None:
            self._fetch(size)
            return [self._row(index) for index in range(self.rowcount)]
        start = self.rownumber
        end = self.rownumber = max(start, min(start + size, self.rowcount))
        return [self._row(index) for index in range(start, end)]

    def fetchall(self):
        """All rows that are left."""
        self._check_rows()
        if self.name is not None:
            self._fetch("ALL")
            return [self._row(index) for index in range(self.rowcount)]
        start = self.rownumber
        self.rownumber = self.rowcount
        return [self._row(index) for index in range(start, self.rowcount)]

    def __iter__(self):
        if self.name is not None:
            return self._in_pieces()
        return self

    def _in_pieces(self):
        while True:
            rows = self.fetchmany(self.itersize)
            yield from rows
            if len(rows) < self.itersize:
                return

    def __next__(self):
        row = self.fetchone()
        if row is None:
            raise StopIteration
        return row

    def scroll(self, value, mode="relative"):
        """Moves to another row."""
        self._check_open()
        if mode not in ("relative", "absolute"):
            raise ProgrammingError("scroll mode must be 'relative' or 'absolute'")
        if self.name is not None:
            way = "" if mode == "relative" else "ABSOLUTE "
            self.connection._execute(f"MOVE {way}{value} FROM {self._quoted_name()}", self)
            return
        self._check_rows()
        place = value + (self.rownumber if mode == "relative" else 0)
        if not 0 <= place < self.rowcount:
            raise ProgrammingError("scroll destination out of bounds")
        self.rownumber = place

    def cast(self, oid, s):
        """A text of the server as a value of the type with that number."""
        for table in (self.string_types, self.connection.string_types, _types.string_types):
            if oid in table:
                return table[oid](s, self)
        return s

    # --- copies -------------------------------------------------------------------------------------------------------

    def copy_from(self, file, table, sep="\t", null="\\N", size=8192, columns=None):
        """Sends a file's lines as rows of a table."""
        self.copy_expert(f"COPY {self._table(table, columns)} FROM stdin WITH DELIMITER AS {self._mark(sep)} "
                         f"NULL AS {self._mark(null)}", file, size)

    def copy_to(self, file, table, sep="\t", null="\\N", columns=None):
        """Writes the rows of a table into a file."""
        self.copy_expert(f"COPY {self._table(table, columns)} TO stdout WITH DELIMITER AS {self._mark(sep)} "
                         f"NULL AS {self._mark(null)}", file)

    def _table(self, table, columns):
        from psycopg2.extensions import quote_ident
        table = quote_ident(table, self)
        return table if columns is None else f"{table}({','.join(quote_ident(one, self) for one in columns)})"

    def _mark(self, text):
        return _adapt.quoted(text, self.connection)

    def copy_expert(self, sql, file, size=8192):
        """Runs a COPY statement with a file."""
        self._check_open()
        sql = self._text(sql, None)
        copy = _COPY.match(sql)
        if copy is None:
            self._run(sql)
            return
        self.query = sql.encode("utf-8")
        self._forget()
        connection, java = self.connection, self.connection._java
        if copy.group(1)[:4].lower() == "from":
            if not hasattr(file, "read"):
                raise TypeError("argument 2 must have a .read() method")
            connection._call(java.copyIn, connection._begin(), sql, sql=sql, cursor=self)
            end = self._copy_in(java, file, size, sql)
        else:
            if not hasattr(file, "write"):
                raise TypeError("argument 2 must have a .write() method")
            connection._call(java.copyOut, connection._begin(), sql, sql=sql, cursor=self)
            end = self._copy_out(java, file, sql)
        self.rowcount = int(end[1:])
        self.statusmessage = ""

    def _copy_in(self, java, file, size, sql):
        problem = None
        complete = False
        try:
            while True:
                try:
                    piece = file.read(size)
                    data = piece.encode("utf-8") if isinstance(piece, str) else bytes(piece)
                except Exception as error:
                    problem = error
                    break
                if not data:
                    complete = True
                    break
                self.connection._call(java.writeCopy, data, sql=sql, cursor=self)
        finally:
            reply = _katydid.blocking(java.endCopy, complete)
        if problem is not None:
            from psycopg2 import errors
            failure = errors.QueryCanceled("COPY from stdin failed: error in .read() call: "
                                           f"{type(problem).__name__} {problem}\n")
            failure.pgcode = "57014"
            raise failure from problem
        return self.connection._checked(reply, sql, self).text()

    def _copy_out(self, java, file, sql):
        import io
        write = file.write
        texts = isinstance(file, io.TextIOBase)
        try:
            while True:
                piece = self.connection._call(java.readCopy, sql=sql, cursor=self).text()
                if piece[:1] == "\0" and piece[1:].isdigit():
                    return piece
                data = piece.encode("latin-1")
                write(data.decode("utf-8") if texts else data)
        except BaseException:
            _katydid.blocking(java.cancelCopyOut)
            raise

    # --- the rest of the DB-API ---------------------------------------------------------------------------------------

    def close(self):
        """Gives the rows up."""
        if self._closed:
            return
        if self.name is not None and self.query is not None and not self.connection.closed:
            # A cursor ends with its transaction; in a failed one there is nothing left to close.
            if self.connection.get_transaction_status() == 2 or self.withhold:
                self.connection._run(f"CLOSE {self._quoted_name()}")
        self._closed = True
        self._values = None

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        self.close()

    def setinputsizes(self, sizes):
        """Does nothing, as the DB-API allows."""

    def setoutputsize(self, size, column=None):
        """Does nothing, as the DB-API allows."""

    def nextset(self):
        raise NotSupportedError("not supported by PostgreSQL")

    def __repr__(self):
        return f"<cursor object at {hex(id(self))}; closed: {-1 if self.closed else 0}>"


cursor.__module__ = "psycopg2.extensions"
