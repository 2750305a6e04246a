"""Connections: sessions of the server, with their transactions. A connection may be used by several threads; the driver
has them wait for each other."""
import _katydid
from psycopg2 import _dsn, _errors
from psycopg2._cursor import cursor as _cursor
from psycopg2._errors import InterfaceError, NotSupportedError, OperationalError, ProgrammingError

_READY = 1
_BEGUN = 2
_LEVELS = {1: "READ COMMITTED", 2: "REPEATABLE READ", 3: "SERIALIZABLE", 4: "READ UNCOMMITTED"}
_SWITCHES = {True: "on", False: "off"}
_NOTICES_KEPT = 50


class connection:
    """One session. It begins a transaction with the first statement, unless `autocommit` is set."""

    Warning = _errors.Warning
    Error = _errors.Error
    InterfaceError = InterfaceError
    DatabaseError = _errors.DatabaseError
    DataError = _errors.DataError
    OperationalError = OperationalError
    IntegrityError = _errors.IntegrityError
    InternalError = _errors.InternalError
    ProgrammingError = ProgrammingError
    NotSupportedError = NotSupportedError

    def __init__(self, dsn, async_=0, **kwargs):
        if async_ or kwargs.get("async"):
            raise NotSupportedError("asynchronous connections do not exist here: users wait without stopping others")
        self.async_ = 0
        self.cursor_factory = None
        self.status = _READY
        self.notices = []
        self.notifies = []
        self.string_types = {}
        self.binary_types = {}
        self.encoding = "UTF8"
        self._broken = False
        self._closed = False
        self._autocommit = False
        self._level = self._readonly = self._deferrable = None
        self._begin_text = "BEGIN"
        self._standard = None
        self.dsn = _dsn.hidden(dsn)
        self._keywords = _dsn.with_environment(_dsn.parse_dsn(dsn))
        self._java = self._connect()
        zone = _dsn.time_zone(self._keywords)
        if zone:
            self._run(f"SET timezone TO '{zone}'")

    def _connect(self):
        url, properties = _dsn.of_driver(self._keywords)
        reply = _katydid.blocking(_katydid._host.postgres().connect, url, properties)
        failure = reply.failure()
        if failure is not None:
            raise self._refused(failure)
        return reply.connection()

    def _refused(self, failure):
        host, port = self._keywords["host"], self._keywords["port"]
        if "UnknownHostException" in failure:
            return OperationalError(f'could not translate host name "{host}" to address: Name or service not known\n')
        address = ""
        if not host.replace(".", "").isdigit() and ":" not in host:
            import socket
            try:
                address = f" ({socket.gethostbyname(host)})"
            except OSError:
                pass
        return _errors.error_of(failure, prefix=f'connection to server at "{host}"{address}, port {port} failed: ')

    # --- statements ---------------------------------------------------------------------------------------------------

    def _check_open(self):
        if self._closed or self._broken:
            raise InterfaceError("connection already closed")

    def _begin(self):
        """What has to be sent before the next statement, or None."""
        if self._autocommit or self.status != _READY:
            return None
        self.status = _BEGUN
        return self._begin_text

    def _checked(self, reply, sql=None, cursor=None):
        """A reply of Java; raises what it reports."""
        if reply is None:
            raise _katydid.death()
        notices = reply.notices()
        if notices:
            for parts in _errors.said(notices):
                self.notices.append(_errors.text_of(parts, sql))
            del self.notices[:-_NOTICES_KEPT]
        failure = reply.failure()
        if failure is not None:
            if self._java.closed():
                self._broken = True
            raise _errors.error_of(failure, sql, cursor)
        return reply

    def _call(self, method, *arguments, sql=None, cursor=None):
        """Calls a method of Java that waits for the server."""
        return self._checked(_katydid.blocking(method, *arguments), sql, cursor)

    def _execute(self, sql, cursor):
        return self._call(self._java.execute, self._begin(), sql, sql=sql, cursor=cursor)

    def _run(self, sql):
        """A statement outside of what begins transactions."""
        return self._call(self._java.execute, None, sql, sql=sql)

    def _standard_strings(self):
        """Whether a backslash in a literal is just that."""
        return self._java.standardConformingStrings()

    # --- cursors and transactions -------------------------------------------------------------------------------------

    def cursor(self, name=None, cursor_factory=None, scrollable=None, withhold=False):
        """A cursor; one with a name lives in the server and fetches its rows bit by bit."""
        self._check_open()
        made = (cursor_factory or self.cursor_factory or _cursor)(self, name) if name is not None else \
            (cursor_factory or self.cursor_factory or _cursor)(self)
        if not isinstance(made, _cursor):
            raise TypeError("cursor factory must be subclass of psycopg2.extensions.cursor")
        if name is not None:
            if scrollable is not None:
                made.scrollable = scrollable
            made.withhold = withhold
        return made

    def commit(self):
        """Ends the transaction, keeping what it did."""
        self._end("COMMIT")

    def rollback(self):
        """Ends the transaction, undoing what it did."""
        self._end("ROLLBACK")

    def _end(self, word):
        self._check_open()
        if self.status == _BEGUN:
            self.status = _READY
            self._run(word)

    def close(self):
        """Ends the session; a transaction that was not committed is undone."""
        if not self._closed:
            self._closed = True
            _katydid.blocking(self._java.close)

    @property
    def closed(self):
        """0: open, 1: closed, 2: lost."""
        return 2 if self._broken and not self._closed else int(self._closed)

    def __enter__(self):
        self._check_open()
        return self

    def __exit__(self, kind, error, trace):
        if kind is None:
            self.commit()
        else:
            self.rollback()

    def cancel(self):
        """Tells the server to stop what another thread has this connection do."""
        self._check_open()
        self._call(self._java.cancel)

    def reset(self):
        """Undoes the transaction and all settings."""
        self._check_open()
        if self.get_transaction_status():
            self._run("ROLLBACK")
        self._run("RESET ALL")
        self._run("SET SESSION AUTHORIZATION DEFAULT")
        self.status = _READY
        self._autocommit = False
        self._level = self._readonly = self._deferrable = None
        self._begin_text = "BEGIN"

    # --- settings -----------------------------------------------------------------------------------------------------

    def set_session(self, isolation_level=..., readonly=..., deferrable=..., autocommit=...):
        """Settings of the transactions from now on; what is not named stays."""
        self._check_settable()
        level, only, defer, auto = self._level, self._readonly, self._deferrable, self._autocommit
        if isolation_level is not ... and isolation_level is not None:
            level = _level(isolation_level)
        if readonly is not ... and readonly is not None:
            only = _switch(readonly)
        if deferrable is not ... and deferrable is not None:
            defer = _switch(deferrable)
        if autocommit is not ... and autocommit is not None:
            auto = bool(autocommit)
        self._configure(level, only, defer, auto)

    def _configure(self, level, readonly, deferrable, autocommit):
        """Changes settings. Where no BEGIN names them they are the session's."""
        values = (("isolation", self._level, level, _LEVELS), ("read_only", self._readonly, readonly, _SWITCHES),
                  ("deferrable", self._deferrable, deferrable, _SWITCHES))
        for name, old, new, words in values:
            if autocommit and new != old:
                self._run(f"SET default_transaction_{name} TO '{words[new].lower()}'" if new is not None else
                          f"SET default_transaction_{name} TO DEFAULT")
            elif self._autocommit and not autocommit and old is not None:
                self._run(f"SET default_transaction_{name} TO DEFAULT")
        self._level, self._readonly, self._deferrable, self._autocommit = level, readonly, deferrable, autocommit
        modes = []
        if level is not None:
            modes.append(f"ISOLATION LEVEL {_LEVELS[level]}")
        if readonly is not None:
            modes.append("READ ONLY" if readonly else "READ WRITE")
        if deferrable is not None:
            modes.append("DEFERRABLE" if deferrable else "NOT DEFERRABLE")
        self._begin_text = " ".join(["BEGIN", *modes])

    @property
    def autocommit(self):
        """Whether every statement is a transaction of its own."""
        return self._autocommit

    @autocommit.setter
    def autocommit(self, value):
        self.set_session(autocommit=bool(value))

    @property
    def isolation_level(self):
        """One of extensions.ISOLATION_LEVEL_*, None for the server's default."""
        return self._level

    @isolation_level.setter
    def isolation_level(self, value):
        self._check_settable()
        level = None if value is None else _level(value)
        self._configure(level, self._readonly, self._deferrable, self._autocommit)

    @property
    def readonly(self):
        """Whether transactions may only read; None for the server's default."""
        return self._readonly

    @readonly.setter
    def readonly(self, value):
        self._check_settable()
        self._configure(self._level, _switch(value), self._deferrable, self._autocommit)

    @property
    def deferrable(self):
        """Whether transactions are deferrable; None for the server's default."""
        return self._deferrable

    @deferrable.setter
    def deferrable(self, value):
        self._check_settable()
        self._configure(self._level, self._readonly, _switch(value), self._autocommit)

    def _check_settable(self):
        self._check_open()
        if self.status != _READY:
            raise ProgrammingError("set_session cannot be used inside a transaction")

    def set_isolation_level(self, level):
        """Undoes the transaction; 0 means autocommit, 1 to 4 a level, None the server's default."""
        self._check_open()
        if level is not None and level not in (0, *_LEVELS):
            raise ValueError("isolation level must be between 0 and 4")
        self.rollback()
        self._configure(self._level if level == 0 else level, self._readonly, self._deferrable, level == 0)

    def set_client_encoding(self, encoding):
        """Only says so: texts are str here, and travel as UTF-8."""
        self._check_open()
        self.encoding = encoding.upper().replace("-", "").replace("UNICODE", "UTF8")

    # --- about the session --------------------------------------------------------------------------------------------

    @property
    def info(self):
        """What is known about the session."""
        return ConnectionInfo(self)

    def get_transaction_status(self):
        """One of extensions.TRANSACTION_STATUS_*."""
        return 4 if self._closed else self._java.transactionStatus()

    def get_parameter_status(self, parameter):
        """A setting the server reports by itself, such as server_version; None for others."""
        value = self._java.parameterStatus(parameter)
        return None if value is None else str(value)

    def get_backend_pid(self):
        """The number of the server's process."""
        return self._java.backendPid()

    def get_dsn_parameters(self):
        """The keywords of the connection, without the password."""
        self._check_open()
        return {name: value for name, value in self._keywords.items() if name != "password"}

    @property
    def server_version(self):
        """As a number: 150004 is 15.4."""
        return self._java.serverVersion()

    @property
    def protocol_version(self):
        """Of the server's protocol."""
        return 3

    def poll(self):
        """Collects notifications."""
        self._check_open()
        arrived = self._call(self._java.notifications).text().split("\0")
        for at in range(0, len(arrived) - 1, 3):
            self.notifies.append(Notify(int(arrived[at]), arrived[at + 1], arrived[at + 2]))
        return 0

    def isexecuting(self):
        """False: there are no asynchronous connections."""
        return False

    def fileno(self):
        raise NotSupportedError("a connection has no file here; poll() collects notifications")

    def lobject(self, *arguments, **keywords):
        raise NotSupportedError("large objects are not supported")

    def xid(self, format_id, gtrid, bqual):
        raise NotSupportedError("two-phase transactions are not supported")

    tpc_begin = tpc_prepare = tpc_commit = tpc_rollback = tpc_recover = lobject

    def __repr__(self):
        return f"<connection object at {hex(id(self))}; dsn: '{self.dsn}', closed: {self.closed}>"


connection.__module__ = "psycopg2.extensions"


def _level(value):
    if isinstance(value, str):
        for number, name in _LEVELS.items():
            if name == value.upper().replace("_", " "):
                return number
        if value.upper() == "DEFAULT":
            return None
        raise ValueError(f"bad value for isolation_level: {value!r}")
    if value not in _LEVELS:
        raise ValueError("isolation_level must be between 1 and 4")
    return value


def _switch(value):
    if value is None or isinstance(value, str) and value.upper() == "DEFAULT":
        return None
    return bool(value)


class Notify:
    """A notification: the process that sent it, the channel, the payload."""

    def __init__(self, pid, channel, payload=""):
        self.pid = pid
        self.channel = channel
        self.payload = payload

    def __getitem__(self, index):
        return (self.pid, self.channel)[index]

    def __len__(self):
        return 2

    def __eq__(self, other):
        if isinstance(other, Notify):
            return (self.pid, self.channel, self.payload) == (other.pid, other.channel, other.payload)
        return (self.pid, self.channel) == other

    def __hash__(self):
        return hash((self.pid, self.channel) if not self.payload else (self.pid, self.channel, self.payload))

    def __repr__(self):
        return f"Notify({self.pid!r}, {self.channel!r}, {self.payload!r})"


class ConnectionInfo:
    """What is known about a session."""

    def __init__(self, connection):
        self._connection = connection
        keywords = connection._keywords
        self.dbname = keywords.get("dbname")
        self.user = keywords.get("user")
        self.password = keywords.get("password")
        self.host = keywords.get("host")
        self.port = int(keywords["port"].split(",")[0])
        self.options = keywords.get("options", "")
        self.dsn_parameters = {name: value for name, value in keywords.items() if name != "password"}
        self.protocol_version = 3
        self.needs_password = self.used_password = "password" in keywords
        self.error_message = None

    @property
    def status(self):
        """0: open; 1: not."""
        return 1 if self._connection.closed else 0

    @property
    def transaction_status(self):
        """One of extensions.TRANSACTION_STATUS_*."""
        return self._connection.get_transaction_status()

    @property
    def server_version(self):
        """As a number."""
        return self._connection.server_version

    @property
    def backend_pid(self):
        """The number of the server's process."""
        return self._connection.get_backend_pid()

    def parameter_status(self, name):
        """A setting the server reports by itself."""
        return self._connection.get_parameter_status(name)


Notify.__module__ = ConnectionInfo.__module__ = "psycopg2.extensions"
