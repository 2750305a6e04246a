"""What psycopg2 does without a server: literals, texts of the server, messages, connection strings. The expected results are
those of the real package; with a server both are compared in PostgresTest."""
import datetime
import decimal
import unittest

import psycopg2
from psycopg2 import _adapt, _dsn, _errors, _types, errorcodes, errors, extensions, extras, sql


def composed(statement, values):
    return _adapt.compose(statement, values, None)


class LiteralsTest(unittest.TestCase):
    def test_values_of_all_kinds(self):
        moment = datetime.datetime(2020, 1, 2, 3, 4, 5, 6, datetime.timezone.utc)
        for value, text in (
                (None, "NULL"), (True, "true"), (-1, " -1"), (1.5, "1.5"), (float("-inf"), "'-Infinity'::float"),
                (decimal.Decimal("1.10"), "1.10"), ("it's \\", "'it''s \\'"), (b"\x00a", "'\\x0061'::bytea"),
                (moment, "'2020-01-02T03:04:05.000006+00:00'::timestamptz"), (moment.date(), "'2020-01-02'::date"),
                (datetime.timedelta(1, 2, 3), "'1 days 2.000003 seconds'::interval"), ([], "'{}'"), ([[None]], "'{{NULL}}'"),
                ([1, None], "ARRAY[1,NULL]"), ((1, "a"), "(1, 'a')"), (extras.Json({"a": "'"}), "'{\"a\": \"''\"}'"),
                (extras.NumericRange(1, None), "'[1,)'"), (extensions.AsIs("now()"), "now()")):
            self.assertEqual(text, _adapt.literal(value, None))

    def test_placeholders(self):
        self.assertEqual("1 % 'a'", composed("%s %% %s", (1, "a")))
        self.assertEqual("2 2", composed("%(x)s %(x)s", {"x": 2, "y": 3}))
        for statement, values, kind in (("%s", (1, 2), TypeError), ("%s %s", (1,), IndexError), ("%(a)s", {}, KeyError),
                                        ("%d", (1,), ValueError), ("%s", {"a": 1}, TypeError),
                                        ("%(a)s %s", {"a": 1}, psycopg2.ProgrammingError)):
            with self.assertRaises(kind, msg=statement):
                composed(statement, values)

    def test_what_is_not_known_is_refused(self):
        with self.assertRaisesRegex(psycopg2.ProgrammingError, "can't adapt type 'set'"):
            _adapt.literal({1}, None)
        with self.assertRaisesRegex(ValueError, "NUL"):
            _adapt.literal("a\0", None)

    def test_classes_of_a_locustfile(self):
        class Name(extensions.QuotedString):
            def getquoted(self):
                return b"mine"

        class Thing:
            pass

        extensions.register_adapter(Thing, lambda thing: Name("x"))
        self.addCleanup(extensions.adapters.pop, (Thing, extensions.ISQLQuote))
        self.assertEqual("(mine)", _adapt.literal((Thing(),), None))


class TypesTest(unittest.TestCase):
    def cast(self, number, text):
        return extensions.string_types[number](text, None)

    def test_times(self):
        zone = datetime.timezone(datetime.timedelta(hours=-3, minutes=-30))
        for number, text, value in (
                (1114, "2020-01-02 03:04:05.6", datetime.datetime(2020, 1, 2, 3, 4, 5, 600000)),
                (1184, "2020-01-02 03:04:05-03:30", datetime.datetime(2020, 1, 2, 3, 4, 5, tzinfo=zone)),
                (1082, "infinity", datetime.date.max), (1083, "24:00:00", datetime.time(0)),
                (1186, "-1 years 2 mons -3 days -04:05:06.7",
                 datetime.timedelta(-365 + 60 - 3, -4 * 3600 - 5 * 60 - 6, -700000))):
            self.assertEqual(value, self.cast(number, text))
            self.assertIsNone(self.cast(number, None))
        with self.assertRaisesRegex(ValueError, "year 10000 is out of range"):
            self.cast(1082, "10000-01-01")

    def test_arrays(self):
        self.assertEqual([1, None], self.cast(1007, "{1,NULL}"))
        self.assertEqual([["a", 'b"\\,}'], [None, "NULL"]], self.cast(1009, '{{a,"b\\"\\\\,}"},{NULL,"NULL"}}'))
        self.assertEqual([1, 2], self.cast(1007, "[0:1]={1,2}"))
        self.assertEqual([{"a": [1]}], self.cast(3807, '{"{\\"a\\": [1]}"}'))
        with self.assertRaises(psycopg2.DataError):
            self.cast(1009, "{{a}")

    def test_bytes(self):
        self.assertEqual(b"\x00\xff", bytes(self.cast(17, "\\x00ff")))
        self.assertEqual(b"a\\\x01", bytes(self.cast(17, "a\\\\\\001")))

    def test_ranges(self):
        self.assertEqual(extras.NumericRange(1, None, "[)"), self.cast(3904, "[1,)"))
        self.assertTrue(self.cast(3904, "empty").isempty)


class ErrorsTest(unittest.TestCase):
    def failure(self, sql_text=None, **parts):
        flat = "".join(parts.get(name, "") + "\0" for name in _errors._FIELDS)
        return _errors.error_of(flat, sql_text)

    def test_the_message_points_at_the_place(self):
        error = self.failure("select *\nfrom nope", sqlstate="42P01", severity="ERROR", statement_position="15",
                             message_primary='relation "nope" does not exist', message_hint="h")
        self.assertEqual('relation "nope" does not exist\nLINE 2: from nope\n             ^\nHINT:  h\n', str(error))
        self.assertEqual("ERROR:  " + str(error), error.pgerror)
        self.assertIs(errors.UndefinedTable, type(error))
        self.assertEqual(("42P01", "h", None), (error.pgcode, error.diag.message_hint, error.diag.table_name))

    def test_long_lines_are_cut(self):
        error = self.failure("select '" + "a" * 100 + "', x", sqlstate="42703", statement_position="112")
        shown = "..." + "a" * 56 + "', x"
        self.assertEqual(f"LINE 1: {shown}\n{' ' * (len('LINE 1: ' + shown) - 1)}^", str(error).split("\n", 1)[1].rstrip("\n"))

    def test_codes_without_a_class_are_of_their_group(self):
        self.assertIs(psycopg2.IntegrityError, type(self.failure(sqlstate="23999")))
        self.assertIs(psycopg2.DatabaseError, type(self.failure(sqlstate="ZZ123")))

    def test_a_lost_connection(self):
        error = _errors.error_of("08006\0\0An I/O error occurred\0java.io.EOFException\0\0")
        self.assertIs(psycopg2.OperationalError, type(error))
        self.assertIn("server closed the connection unexpectedly", str(error))

    def test_names(self):
        self.assertIs(errors.UniqueViolation, errors.lookup(errorcodes.UNIQUE_VIOLATION))
        self.assertTrue(issubclass(errors.DeadlockDetected, extensions.TransactionRollbackError))
        self.assertEqual("CLASS_DATA_EXCEPTION", errorcodes.lookup("22"))


class ConnectionStringsTest(unittest.TestCase):
    def test_urls_and_words(self):
        self.assertEqual({"user": "u", "password": "p@", "host": "h,::1", "port": "1,2", "dbname": "d b", "sslmode": "require"},
                         extensions.parse_dsn("postgresql://u:p%40@h:1,[::1]:2/d%20b?sslmode=require"))
        self.assertEqual({"host": "a b", "port": "5", "password": "it's"},
                         extensions.parse_dsn("host='a b' port = 5 password='it\\'s'"))
        for bad in ("bogus=1", "host", "postgresql://h/?x=1", "host='a"):
            with self.assertRaises(psycopg2.ProgrammingError, msg=bad):
                extensions.parse_dsn(bad)

    def test_keywords(self):
        self.assertEqual("host=h port=5 password=it\\'s dbname='a b'",
                         extensions.make_dsn("host=x", host="h", port=5, database="a b", password="it's", user=None))
        self.assertEqual("user=u password=xxx", _dsn.hidden("postgresql://u:secret@"))

    def test_what_the_driver_is_told(self):
        url, properties = _dsn.of_driver({"host": "a,::1", "port": "5432", "dbname": "d/b", "user": "u",
                                          "target_session_attrs": "read-write", "connect_timeout": "3"})
        self.assertEqual("jdbc:postgresql://a:5432,[::1]:5432/d%2Fb", url)
        self.assertEqual(("u", "primary", "3"), tuple(properties[name] for name in ("user", "targetServerType",
                                                                                    "connectTimeout")))
        self.assertEqual("UTC", _dsn.time_zone({"options": "-c statement_timeout=5 -c TimeZone=UTC"}))

    def test_a_server_that_is_not_there(self):
        with self.assertRaisesRegex(psycopg2.OperationalError, '^connection to server at "127.0.0.1", port 1 failed: '
                                                               "Connection refused\n\tIs the server running"):
            psycopg2.connect(host="127.0.0.1", port=1, user="u", dbname="d")


    def test_the_traceback_ends_where_the_real_ones_do(self):
        from _katydid_log import traceback_text
        try:
            psycopg2.connect(host="127.0.0.1", port=1, user="u", dbname="d")
        except psycopg2.OperationalError as error:
            files = [line.split('"')[1].rsplit("/", 2)[1:] for line in traceback_text(error).splitlines()
                     if line.startswith("  File")]
        self.assertEqual([["python", "test_psycopg2.py"], ["psycopg2", "__init__.py"]], files)


class CompositionTest(unittest.TestCase):
    def test_parts(self):
        statement = sql.SQL("insert into {} ({}) values ({})").format(
            sql.Identifier("s", "t"), sql.SQL(", ").join(map(sql.Identifier, ("a", "b"))), sql.SQL(", ").join(sql.Placeholder() * 2))
        self.assertEqual("Composed([SQL('insert into '), Identifier('s', 't')", repr(statement)[:51])
        self.assertEqual(sql.Composed([sql.SQL("a"), sql.SQL("b")]), sql.SQL("a") + sql.SQL("b"))


class DictRowTest(unittest.TestCase):
    def test_by_name_and_by_place(self):
        row = extras._row_of({"a": 0, "b": 1}, [1, 2])
        self.assertEqual((2, 1, [1, 2], {"a": 1, "b": 2}, None), (row["b"], row[0], list(row), dict(row.items()), row.get("c")))
        self.assertIn("a", row)


class TypeObjectsTest(unittest.TestCase):
    def test_they_equal_the_numbers_they_are_for(self):
        self.assertTrue(psycopg2.NUMBER == 23 and 1700 == psycopg2.NUMBER and psycopg2.STRING != 23)
        self.assertIs(_types.INTEGER, extensions.INTEGER)
