"""orjson and ujson as locustfiles use them; the expected results are those of the real packages."""
import dataclasses
import datetime
import enum
import json
import unittest
import uuid

import orjson
import ujson


class Colour(enum.Enum):
    RED = "r"


@dataclasses.dataclass
class Point:
    x: int
    y: object = None
    _hidden: int = 1


class OrjsonTest(unittest.TestCase):
    def test_types_it_knows(self):
        moment = datetime.datetime(2020, 1, 2, 3, 4, 5, 6, tzinfo=datetime.timezone.utc)
        for value, text in (
                ({"b": [1, 2.5, None, True], "a": "é/\u2028"}, '{"b":[1,2.5,null,true],"a":"é/\u2028"}'),
                ((1,), "[1]"), (float("nan"), "null"), (Colour.RED, '"r"'), (Point(1, [Point(2)]),
                '{"x":1,"y":[{"x":2,"y":null}]}'), (uuid.UUID(int=5), '"00000000-0000-0000-0000-000000000005"'),
                (moment, '"2020-01-02T03:04:05.000006+00:00"'), (datetime.date(2020, 1, 2), '"2020-01-02"'),
                ({"f": orjson.Fragment(b'{"x": 1}')}, '{"f":{"x": 1}}'), (2 ** 64 - 1, "18446744073709551615")):
            self.assertEqual(text.encode(), orjson.dumps(value))

    def test_options(self):
        moment = datetime.datetime(2020, 1, 2, 3, 4, 5, 6)
        for value, option, text in (
                ({"b": 1, "a": 2}, orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE, b'{"a":2,"b":1}\n'),
                ({"a": [1]}, orjson.OPT_INDENT_2, b'{\n  "a": [\n    1\n  ]\n}'),
                ({1: 2, None: 3, False: 4}, orjson.OPT_NON_STR_KEYS, b'{"1":2,"null":3,"false":4}'),
                (moment, orjson.OPT_NAIVE_UTC | orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS, b'"2020-01-02T03:04:05Z"')):
            self.assertEqual(text, orjson.dumps(value, option=option))

    def test_default(self):
        self.assertEqual(b'[[1],"x"]', orjson.dumps([{1}, "x"], default=list))

    def test_what_it_refuses(self):
        for value in ({1: 2}, {1}, b"x", 2 ** 64, "\ud800", object()):
            with self.assertRaises(orjson.JSONEncodeError):
                orjson.dumps(value)
        for text in ("", "[1,]", "NaN", b"\xff", 5, '"\ud800"'):
            with self.assertRaises(json.JSONDecodeError):
                orjson.loads(text)

    def test_loads(self):
        for text in ('{"a":[1,"NaN"]}', b'{"a":[1,"NaN"]}', bytearray(b'{"a":[1,"NaN"]}')):
            self.assertEqual({"a": [1, "NaN"]}, orjson.loads(text))


class UjsonTest(unittest.TestCase):
    def test_dumps(self):
        self.assertEqual('{"a":"\\/\\u00e9","b":[1,null]}', ujson.dumps({"a": "/é", "b": [1, None]}))
        self.assertEqual('{\n  "a": "/é<"\n}', ujson.dumps({"a": "/é<"}, indent=2, ensure_ascii=False,
                                                          escape_forward_slashes=False))
        self.assertEqual('"\\u003c\\u0026"', ujson.dumps("<&", encode_html_chars=True))
        self.assertEqual("[1,2]", ujson.dumps({1, 2}))
        with self.assertRaises(TypeError):
            ujson.dumps(b"x")

    def test_loads(self):
        self.assertEqual({"a": 2 ** 70}, ujson.loads(b'{"a":1180591620717411303424}'))
        with self.assertRaises(ujson.JSONDecodeError):
            ujson.loads("{")
