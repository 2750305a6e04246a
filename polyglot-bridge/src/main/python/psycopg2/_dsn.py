"""Connection strings and keywords as libpq reads them, and what the JDBC driver wants instead."""
import os

from psycopg2._errors import OperationalError, ProgrammingError

# libpq's keywords, with the variable of the environment that stands in for a missing one.
_KEYWORDS = {
    "host": "PGHOST", "hostaddr": "PGHOSTADDR", "port": "PGPORT", "dbname": "PGDATABASE", "user": "PGUSER",
    "password": "PGPASSWORD", "passfile": "PGPASSFILE", "connect_timeout": "PGCONNECT_TIMEOUT",
    "client_encoding": "PGCLIENTENCODING", "options": "PGOPTIONS", "application_name": "PGAPPNAME",
    "fallback_application_name": None, "keepalives": None, "keepalives_idle": None, "keepalives_interval": None,
    "keepalives_count": None, "tcp_user_timeout": None, "replication": None, "gssencmode": "PGGSSENCMODE",
    "sslmode": "PGSSLMODE", "requiressl": None, "sslnegotiation": None, "sslcompression": None, "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY", "sslpassword": None, "sslcertmode": None, "sslrootcert": "PGSSLROOTCERT", "sslcrl": None,
    "sslcrldir": None, "sslsni": None, "requirepeer": None, "require_auth": None, "ssl_min_protocol_version": None,
    "ssl_max_protocol_version": None, "krbsrvname": "PGKRBSRVNAME", "gsslib": None, "gssdelegation": None,
    "service": "PGSERVICE", "servicefile": None, "target_session_attrs": "PGTARGETSESSIONATTRS",
    "load_balance_hosts": None, "channel_binding": "PGCHANNELBINDING", "scram_client_key": None, "scram_server_key": None,
    "min_protocol_version": None, "max_protocol_version": None, "sslkeylogfile": None, "oauth_issuer": None,
    "oauth_client_id": None, "oauth_client_secret": None, "oauth_scope": None}
_TARGETS = {"any": "any", "read-write": "primary", "primary": "primary", "read-only": "secondary", "standby": "secondary",
            "prefer-standby": "preferSecondary"}
# Options of libpq that the driver has under the same name.
_SAME = ("user", "password", "sslmode", "sslcert", "sslkey", "sslrootcert", "sslpassword", "options")


def _invalid(why):
    return ProgrammingError(f"invalid dsn: {why}\n")


def parse_dsn(dsn):
    """The keywords of a connection string or URL as a dict of texts."""
    scheme = dsn.partition("://")[0]
    parsed = _of_url(dsn[len(scheme) + 3:]) if scheme in ("postgresql", "postgres") and "://" in dsn else _of_words(dsn)
    for name in parsed:
        if name not in _KEYWORDS:
            raise _invalid(f'invalid connection option "{name}"')
    return parsed


def _of_words(dsn):
    found = {}
    at = 0
    size = len(dsn)
    while True:
        while at < size and dsn[at].isspace():
            at += 1
        if at == size:
            return found
        start = at
        while at < size and not dsn[at].isspace() and dsn[at] != "=":
            at += 1
        name = dsn[start:at]
        while at < size and dsn[at].isspace():
            at += 1
        if at == size or dsn[at] != "=":
            raise _invalid(f'missing "=" after "{name}" in connection info string')
        at += 1
        while at < size and dsn[at].isspace():
            at += 1
        value, at = _value(dsn, at)
        found[name] = value


def _value(dsn, at):
    piece = []
    inside = dsn[at:at + 1] == "'"
    at += inside
    while at < len(dsn) and not (dsn[at] == "'" if inside else dsn[at].isspace()):
        if dsn[at] == "\\" and at + 1 < len(dsn):
            at += 1
        piece.append(dsn[at])
        at += 1
    if inside:
        if at == len(dsn):
            raise _invalid("unterminated quoted string in connection info string")
        at += 1
    return "".join(piece), at


def _of_url(rest):
    from urllib.parse import unquote
    found = {}
    rest, _, query = rest.partition("?")
    place, _, database = rest.partition("/")
    who, at, where = place.rpartition("@")
    if at:
        user, colon, password = who.partition(":")
        if user:
            found["user"] = unquote(user)
        if colon:
            found["password"] = unquote(password)
    hosts, ports = [], []
    for one in where.split(",") if where else ():
        if one.startswith("["):
            host, _, port = one[1:].partition("]")
            port = port[1:]
        else:
            host, _, port = one.partition(":")
        hosts.append(unquote(host))
        ports.append(port)
    if any(hosts):
        found["host"] = ",".join(hosts)
    if any(ports):
        found["port"] = ",".join(ports)
    if database:
        found["dbname"] = unquote(database)
    for pair in query.split("&") if query else ():
        name, equals, value = pair.partition("=")
        if not equals:
            raise _invalid(f'missing key/value separator "=" in URI query parameter: "{name}"')
        name = unquote(name)
        if name == "ssl" and value == "true":
            name, value = "sslmode", "require"
        if name not in _KEYWORDS:
            raise _invalid(f'invalid URI query parameter: "{name}"')
        found[name] = unquote(value)
    return found


def make_dsn(dsn=None, **keywords):
    """A connection string of a string and keywords, which win."""
    if dsn is None and not keywords:
        return ""
    if "database" in keywords:
        if "dbname" in keywords:
            raise TypeError("you can't specify both 'database' and 'dbname' arguments")
        keywords["dbname"] = keywords.pop("database")
    keywords = {name: value for name, value in keywords.items() if value is not None}
    if not keywords:
        parse_dsn(dsn)
        return dsn
    if dsn is not None:
        keywords = {**parse_dsn(dsn), **keywords}
    made = " ".join(f"{name}={_escaped(str(value))}" for name, value in keywords.items())
    parse_dsn(made)
    return made


def _escaped(value):
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'" if not escaped or any(sign.isspace() for sign in escaped) else escaped


def with_environment(keywords):
    """The keywords with what the environment and libpq's defaults add."""
    full = {name: os.environ[variable] for name, variable in _KEYWORDS.items() if variable and os.environ.get(variable)}
    full.update({name: value for name, value in keywords.items() if value != ""})
    if "user" not in full:
        import java
        full["user"] = str(java.type("java.lang.System").getProperty("user.name"))
    full.setdefault("dbname", full["user"])
    full.setdefault("host", full.get("hostaddr", "localhost"))
    full.setdefault("port", "5432")
    return full


def of_driver(full):
    """(URL, properties) for the JDBC driver."""
    from urllib.parse import quote
    if "service" in full:
        raise OperationalError(f'definition of service "{full["service"]}" not found\n')
    hosts = full.get("hostaddr", full["host"]).split(",")
    ports = full["port"].split(",")
    if len(ports) == 1:
        ports *= len(hosts)
    places = []
    for host, port in zip(hosts, ports):
        if host.startswith(("/", "@")):
            raise OperationalError(f"the socket {host} cannot be used: Katydid reaches PostgreSQL by TCP\n")
        places.append(f"{'[' + host + ']' if ':' in host else host or 'localhost'}:{port or 5432}")
    properties = {name: full[name] for name in _SAME if full.get(name)}
    properties["ApplicationName"] = full.get("application_name", full.get("fallback_application_name", ""))
    # So that the name is told at once.
    properties["assumeMinServerVersion"] = "9.0"
    properties["preferQueryMode"] = "simple"
    properties["gssEncMode"] = full.get("gssencmode", "disable")
    properties["tcpKeepAlive"] = "false" if full.get("keepalives") == "0" else "true"
    # Without a number libpq waits as long as TCP does.
    properties["connectTimeout"] = full.get("connect_timeout", "0")
    properties["targetServerType"] = _TARGETS.get(full.get("target_session_attrs", "any"), "any")
    if full.get("load_balance_hosts") == "random":
        properties["loadBalanceHosts"] = "true"
    return f"jdbc:postgresql://{','.join(places)}/{quote(full['dbname'], safe='')}", properties


def time_zone(full):
    """The time zone the session was asked to have; None for none. The driver otherwise names that of the machine."""
    words = full.get("options", "").replace("-c ", "-c").split()
    for word in words:
        name, equals, value = word.removeprefix("--").removeprefix("-c").partition("=")
        if equals and name.lower() == "timezone":
            return value
    return os.environ.get("PGTZ")


def hidden(dsn):
    """A connection string without its password."""
    parsed = parse_dsn(dsn)
    if "password" not in parsed:
        return dsn
    parsed["password"] = "xxx"
    return make_dsn(**parsed)
