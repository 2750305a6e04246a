"""Calls of psycopg2 whose results, errors and texts are printed: the same by the real package and by Katydid's. The server is
named by PGHOST, PGPORT, PGUSER and PGDATABASE."""
import datetime
import decimal
import enum
import io
import os
import threading
import time
import uuid

import psycopg2
from psycopg2 import errorcodes, errors, extensions, extras, pool, sql

UTC = datetime.timezone.utc
HOST = os.environ["PGHOST"]


def show(what, call):
    """Prints what a call returns, or raises."""
    try:
        print(what, "->", repr(call()))
    except Exception as error:
        kind = type(error)
        print(what, "->", kind.__module__, kind.__name__, repr(str(error)), getattr(error, "pgcode", None))


def plain(value):
    return bytes(value) if isinstance(value, memoryview) else value


def literals(cursor):
    class Text(str):
        pass

    class Word(str, enum.Enum):
        A = "x"

    class Number(enum.IntEnum):
        B = 3

    class Point:
        x = 3

    class Quoting:
        def __conform__(self, protocol):
            return extensions.QuotedString("it's")

    extensions.register_adapter(Point, lambda point: extensions.AsIs(f"point({point.x}, 1)"))
    for value in (1, -1, True, None, 1.5, -1.5, float("nan"), float("inf"), -float("inf"), 1e100, -2 ** 70, "it's", "a\\b", "é\n",
                  "a\0b", b"\x00\xff'", bytearray(b"a"), memoryview(b"a"), decimal.Decimal("-1.10"), decimal.Decimal("NaN"),
                  datetime.date(2020, 1, 2), datetime.time(1, 2, 3), datetime.time(1, 2, 3, 4, UTC),
                  datetime.datetime(2020, 1, 2, 3, 4, 5), datetime.timedelta(1, 2, 3), datetime.timedelta(-1),
                  datetime.datetime(2020, 1, 2, 3, 4, 5, 6, datetime.timezone(datetime.timedelta(hours=-3))),
                  [1, 2], [], [None], [[None]], [[]], [[1], [2]], [None, 1], ["a'", None], [-1.5], (1, 2), (), ("a",), [(1, 2)],
                  Text("q"), Word.A, Number.B, extras.NumericRange(1, 5), extras.NumericRange(empty=True),
                  extras.DateRange(datetime.date(2020, 1, 1), None, "[]"), extras.Json({"a": "é'"}), {1}, {}, uuid.UUID(int=1)):
        show("memory" if isinstance(value, (memoryview, extras.Json)) else f"literal {value!r}",
             lambda: cursor.mogrify("%s", (value,)))
    show("registered", lambda: cursor.mogrify("%s %s", (Point(), Quoting())))
    for words in (("%s", ("a",)), ("%s",), ("100%",), ("100%% %s", (1,)), ("%s %s", (1,)), ("%s", (1, 2)), ("%s", "abc"),
                  ("%s", "a"), ("%(a)s %% %(a)s", {"a": -1}), ("%(a)s", {"b": 1}), ("%s", {"a": 1}),
                  ("%(a)s %s", {"a": 1}), ("%(a", {"a": 1}), ("%d", (1,)), ("%(a)d", {"a": 1}), ("%s", 5), ("%", (1,)),
                  ("%s", []), ("x", {"a": 1}), ("x", [1]), (b"%s", (1,)), ("x%%", []), ("x%%", None), ("%5s", (1,)), (5,)):
        show(f"mogrify {words}", lambda: cursor.mogrify(*words))


def types(connection, cursor):
    for query in (
            "select 1, 1.5::numeric, 'NaN'::numeric, 1::real, 0.1::float8, 'infinity'::float8, true, null",
            "select 'a'::char(3), 'b'::\"char\", 'n'::name, 'é€😀' || chr(10), ''",
            "select '\\x00ff'::bytea, 1::oid, 'pg_class'::regclass, 1::money, point(1,2), b'101', row(1,'a')",
            "select date '2020-01-02', 'infinity'::date, '-infinity'::date",
            "select 'infinity'::timestamp, '-infinity'::timestamp, timestamp '2020-01-02 03:04:05.6'",
            "set timezone to 'Asia/Kolkata'", "select '2020-01-02 03:04:05+00'::timestamptz", "set timezone to 'UTC'",
            "select '2020-01-02 03:04:05+00'::timestamptz, 'infinity'::timestamptz",
            "select '0044-01-01 BC'::date", "select '10000-01-01'::date",
            "select time '24:00', timetz '10:00+05:30', time '01:02:03.5'",
            "select interval '1 year 2 mons -3 days 04:05:06.789', interval '-1 hour', interval '0'",
            "select '{1,2,null}'::int[], '{{a,\"b c\"},{NULL,\"N\\\"U\"}}'::text[], '{}'::int[], '[0:1]={1,2}'::int[]",
            "select '{1.5}'::numeric[], '{t,f}'::bool[], '{2020-01-01}'::date[], array['{\"a\":1}'::jsonb]",
            "select '{\"a\":[1,2.5,null]}'::jsonb, '[1]'::json, '1'::jsonb",
            "select '11111111-1111-1111-1111-111111111111'::uuid, array['11111111-1111-1111-1111-111111111111'::uuid]",
            "select int4range(1,5), numrange(null,2.5), daterange('2020-01-01',null), 'empty'::int4range",
            "select '[\"2020-01-01 10:00:00+00\",)'::tstzrange, '{\"[1,3)\",\"[5,8)\"}'::int4range[]",
            "select '1.2.3.4'::inet, array['1.2.3.4'::inet], '08:00:2b:01:02:03'::macaddr"):
        def run():
            cursor.execute(query)
            return cursor.description and [[plain(value) for value in row] for row in cursor]
        show(query, run)
    connection.rollback()
    extras.register_uuid()
    cursor.execute("select %s, %s", (uuid.UUID(int=5), [uuid.UUID(int=6)]))
    print(cursor.fetchone(), cursor.query)
    as_float = extensions.new_type(extensions.DECIMAL.values, "FLOAT", lambda text, _: text and float(text))
    extensions.register_type(as_float, connection)
    cursor.execute("select 1.5::numeric, null::numeric")
    print(cursor.fetchone())
    connection.string_types.clear()
    cursor.execute("create type pg_temp.pair as (a int, b text)")
    extras.register_composite("pair", cursor)
    cursor.execute("select (1,'x y,\"')::pair, null::pair, (null,'')::pair")
    print(cursor.fetchone())
    connection.rollback()


def statements(connection, cursor):
    for query in ("select 1 where false", "", "  ", "-- c", "select 1; select 2 as b",
                  "select 1; create temp table thing(i int)", "insert into thing values (1),(2)",
                  "insert into thing values (3) returning i", "update thing set i=i", "delete from thing", "show search_path",
                  "begin", "do $$ begin raise notice 'hello %', 1; raise warning 'w'; end $$", "values (1),(2)",
                  "explain select 1"):
        def run():
            cursor.execute(query)
            columns = cursor.description and [tuple(one) for one in cursor.description]
            rows = cursor.description and cursor.fetchall()
            return columns, rows, cursor.rowcount, cursor.statusmessage, cursor.rownumber, cursor.lastrowid
        show(query, run)
        if connection.get_transaction_status() == extensions.TRANSACTION_STATUS_INERROR:
            connection.rollback()
    print(connection.notices, connection.status)
    show("copy", lambda: cursor.execute("copy thing from stdin"))
    connection.rollback()
    cursor.execute("select generate_series(1, 5) as number")
    print(cursor.description, cursor.fetchone(), cursor.fetchmany(), cursor.fetchmany(2), cursor.fetchall(), cursor.fetchone())
    show("too far", lambda: cursor.scroll(1))
    cursor.scroll(-2)
    cursor.arraysize = 2
    print(next(cursor), cursor.fetchmany(), cursor.rownumber)
    cursor.executemany("select %s", [(1,)])
    show("no rows", cursor.fetchall)
    show("next set", cursor.nextset)
    cursor.execute("create function pg_temp.plus(a int, b int default 3) returns int language sql as 'select a+b'")
    show("call", lambda: cursor.callproc("pg_temp.plus", (1, 2)))
    print(cursor.fetchall(), cursor.query)
    cursor.callproc("pg_temp.plus", {"b": 1, "a": 5})
    print(cursor.fetchall(), cursor.query)
    connection.rollback()


def complaints(connection, cursor):
    long = "a" * 100
    for query in ("select * from nope", "selec 1", "select 1/0", f"select\n\n\tx from pg_class where relname like '{long}'",
                  f"select '{long}', x", f"select x + '{long}'", "do $$ begin execute 'selec'; end $$", "fetch 1 from nope",
                  "do $$ begin raise exception 'boo' using hint='h', detail='d', errcode='ZZ123'; end $$"):
        show(query, lambda: cursor.execute(query))
        show("and then", lambda: cursor.execute("select 1"))
        connection.rollback()
    cursor.execute("create temp table uq(i int primary key check (i < 5)); insert into uq values (1)")
    try:
        cursor.execute("insert into uq values (1)")
    except psycopg2.IntegrityError as error:
        print(repr(error), error.args, error.pgerror, error.cursor is cursor, type(error).__mro__)
        print({name: getattr(error.diag, name) for name in ("severity", "sqlstate", "message_primary", "message_detail",
              "message_hint", "constraint_name", "table_name", "column_name", "context", "statement_position")})
    connection.rollback()
    print(errors.lookup("23505") is errors.UniqueViolation, errorcodes.UNIQUE_VIOLATION, errorcodes.lookup("40P01"))
    show("no such code", lambda: errors.lookup("ZZ999"))
    names = sorted(name for name in dir(errorcodes) if name.isupper() and isinstance(getattr(errorcodes, name), str))
    for name in names:
        code = getattr(errorcodes, name)
        try:
            kind = errors.lookup(code)
            print(name, code, kind.__name__, kind.__mro__[1].__name__)
        except KeyError:
            print(name, code)
    cursor.execute("set statement_timeout to 100")
    show("timeout", lambda: cursor.execute("select pg_sleep(5)"))
    connection.rollback()

    def cancel():
        time.sleep(0.5)
        connection.cancel()
    other = threading.Thread(target=cancel)
    other.start()
    show("cancelled", lambda: cursor.execute("select pg_sleep(10)"))
    other.join()
    connection.rollback()
    for words in (f"host={HOST} port=1", "host=localhost port=1", "host=nosuch.invalid", "dbname=nodb", "user=nobody_here",
                  "sslmode=require", "bogus=1", "host", "postgresql://u:p%40@127.0.0.1:1/db?connect_timeout=3&x=1"):
        show(words, lambda: psycopg2.connect(words))
    for words in ("postgresql://u:p%40@h:1,h2:2/db?connect_timeout=3&application_name=x", "host='a b' port = 5 password='it\\'s'"):
        print(sorted(extensions.parse_dsn(words).items()))


def transactions(connection, cursor):
    cursor.execute("drop table if exists kept; create table kept(name text)")
    connection.commit()
    with connection:
        with connection.cursor() as other:
            other.execute("insert into kept values ('yes')")
    print(connection.status, other.closed, connection.closed)
    try:
        with connection:
            cursor.execute("insert into kept values ('no')")
            raise KeyError(1)
    except KeyError:
        pass
    cursor.execute("select * from kept")
    print(cursor.fetchall(), connection.get_transaction_status())
    show("autocommit inside", lambda: setattr(connection, "autocommit", True))
    show("set_session inside", lambda: connection.set_session(readonly=True))
    connection.rollback()
    show("bogus level", lambda: connection.set_session("bogus"))
    connection.set_session("SERIALIZABLE", readonly=True)
    print(connection.isolation_level, connection.readonly, connection.deferrable, connection.autocommit)
    show("read only", lambda: cursor.execute("create table no(i int)"))
    connection.rollback()
    cursor.execute("show transaction_isolation")
    print(cursor.fetchone())
    connection.set_isolation_level(extensions.ISOLATION_LEVEL_AUTOCOMMIT)
    connection.readonly = None
    print(connection.autocommit, connection.isolation_level)
    cursor.execute("drop table kept")
    show("named", lambda: connection.cursor("x").execute("select 1"))
    connection.set_isolation_level(None)
    named = connection.cursor("named", withhold=False)
    named.execute("select generate_series(1, %s)", (5,))
    print(named.description, named.rowcount, named.statusmessage, named.query)
    print(named.fetchone(), named.description, named.fetchmany(2), named.rowcount, list(named), named.fetchone())
    named.close()
    connection.rollback()
    connection.reset()


def more(connection, cursor):
    cursor.execute("create temp table item(id serial primary key, name text, n numeric(6,2))")
    returned = extras.execute_values(cursor, "insert into item(name, n) values %s returning id",
                                     [("a", 1), ("b%", 2.5), ("c", None)], fetch=True)
    print(returned, cursor.query)
    extras.execute_values(cursor, "insert into item(name, n) values %s", [{"x": "d", "y": 3}], template="(%(x)s, %(y)s + 1)")
    extras.execute_batch(cursor, "insert into item(name) values (%s)", [("e",), ("f",)])
    print(cursor.query, cursor.rowcount, cursor.statusmessage)
    cursor.executemany("update item set n = %s where name = %s", [(1, "a"), (2, "b%")])
    print(cursor.rowcount, cursor.query)
    for factory in (extras.DictCursor, extras.RealDictCursor, extras.NamedTupleCursor):
        rows = connection.cursor(cursor_factory=factory)
        rows.execute("select id, name, n from item order by id limit 2")
        row = rows.fetchone()
        show("name", lambda: row["name"])
        show("1", lambda: row[1])
        show("list", lambda: list(row))
        show("attribute", lambda: row.name)
        print(len(row), [list(one) for one in rows])
        rows.execute("select 1 as a, 2 as a, 3 as \"b c\"")
        show("twice a", lambda: list(rows.fetchone()))
    statement = sql.SQL("select {} from {table} where {what} = {value}").format(
        sql.Identifier("na me"), table=sql.Identifier("sch", "it"),
        what=sql.SQL(", ").join([sql.Identifier("a"), sql.Literal("it's")]), value=sql.Placeholder("v"))
    print(statement.as_string(connection), repr(statement), sql.Placeholder() * 2, sql.NULL)
    show("numbering", lambda: sql.SQL("{} {0}").format(1, 2))
    cursor.execute(sql.SQL("select name from {} where n = {}").format(sql.Identifier("item"), sql.Placeholder()), (1,))
    print(cursor.fetchall(), extensions.quote_ident('x"y', cursor))
    cursor.copy_from(io.StringIO("copied\t5.5\nlast\t\\N\n"), "item", columns=("name", "n"))
    print(cursor.rowcount, cursor.query)
    out = io.StringIO()
    cursor.copy_to(out, "item", columns=("name", "n"), sep="|", null="-")
    print(repr(out.getvalue()), cursor.rowcount, cursor.query)
    out = io.BytesIO()
    cursor.copy_expert("copy (select i, repeat('ü', 100) from generate_series(1, 5000) i) to stdout with csv header", out)
    print(len(out.getvalue()), cursor.rowcount)
    show("bad copy", lambda: cursor.copy_from(io.StringIO("a\tb\tc\n"), "item", columns=("name",)))
    connection.rollback()
    listening = psycopg2.connect("")
    listening.autocommit = True
    listening.cursor().execute("listen channel")
    cursor.execute("notify channel, 'payload'")
    connection.commit()
    time.sleep(0.3)
    listening.poll()
    print([(one.channel, one.payload, one.pid == connection.get_backend_pid()) for one in listening.notifies])
    listening.close()
    connections = pool.ThreadedConnectionPool(1, 2, "")
    first, second = connections.getconn(), connections.getconn()
    show("exhausted", connections.getconn)
    connections.putconn(first)
    print(connections.getconn() is first)
    connections.putconn(second)
    connections.putconn(first)
    print(first.closed, second.closed)
    connections.closeall()
    show("closed", connections.getconn)


def main():
    connection = psycopg2.connect("")
    cursor = connection.cursor()
    literals(cursor)
    types(connection, cursor)
    statements(connection, cursor)
    complaints(connection, cursor)
    transactions(connection, cursor)
    more(connection, cursor)
    cursor.close()
    show("closed cursor", lambda: cursor.execute("select 1"))
    connection.close()
    for call in (connection.cursor, connection.commit, connection.rollback):
        show("closed connection", call)


main()
