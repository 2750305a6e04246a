"""Our JSON writes and refuses what the standard library's does."""
import json
import math
import unittest

import _katydid_json
import _katydid_json_later

VALUES = [
    {}, [], {"a": 1, "b": [True, False, None, 1.5, -0.0, 1e100]}, [[], {}, [{}]], {"ü": "\u2028\"\\\n\x00😀"},
    {1: "int", 2.5: "float", True: "true", None: "none"}, [10 ** 40, -1], ("a", ("b",)), "text", 7, None,
    {"nested": {"list": [{"deep": [1, 2, {"er": "x" * 300}]}]}},
]


class Odd:
    pass


class JsonTest(unittest.TestCase):
    def test_writes_what_the_standard_library_writes(self):
        for value in VALUES:
            self.assertEqual(json.dumps(value), _katydid_json.dumps(value))
            self.assertEqual(json.dumps(value), _katydid_json.dumps_strict(value))
            self.assertEqual(json.dumps(value), _katydid_json_later.dumps_strict(value))

    def test_nan_is_for_the_lenient_only(self):
        value = {"x": [math.nan, math.inf]}
        self.assertEqual('{"x": [NaN, Infinity]}', _katydid_json.dumps(value))
        with self.assertRaises(ValueError):
            _katydid_json.dumps_strict(value)

    def test_refuses_circles_and_unknown_types_as_the_standard_library_does(self):
        circle = {}
        circle["self"] = [circle]
        for encode in (_katydid_json.dumps, _katydid_json.dumps_strict):
            with self.assertRaisesRegex(ValueError, "Circular reference detected"):
                encode(circle)
            with self.assertRaisesRegex(TypeError, "Object of type Odd is not JSON serializable"):
                encode({"odd": Odd()})
            with self.assertRaisesRegex(TypeError, "keys must be str, int, float, bool or None, not tuple"):
                encode({(1, 2): 3})

    def test_reads_back_what_it_has_written(self):
        for value in VALUES[:5]:
            self.assertEqual(value, _katydid_json.loads(_katydid_json.dumps(value)))

    def test_the_modules_own_functions_take_all_that_they_took(self):
        self.assertEqual('{\n  "b": [\n    1\n  ]\n}', json.dumps({"b": [1]}, indent=2))
        self.assertEqual('{"a":1,"b":2}', json.dumps({"b": 2, "a": 1}, sort_keys=True, separators=(",", ":")))
        self.assertEqual('{"odd": "Odd"}', json.dumps({"odd": Odd()}, default=lambda value: type(value).__name__))
        self.assertEqual({"a": "1"}, json.loads('{"a": 1}', parse_int=str))
        self.assertEqual({"a": 1}, json.loads(b' {"a": 1}\r\n'))
        self.assertEqual({"a": 1}, json.loads(' \t{"a": 1} \n'))
        for text, message in (("\ufeff{}", "Unexpected UTF-8 BOM"), ("{} x", "Extra data"), ("{}\u00a0", "Extra data"), ("", "Expecting value")):
            with self.assertRaisesRegex(json.JSONDecodeError, message):
                json.loads(text)
        with self.assertRaisesRegex(TypeError, "the JSON object must be str, bytes or bytearray, not int"):
            json.loads(1)
        with self.assertRaises(TypeError):
            json.dumps()
        self.assertEqual("dumps", json.dumps.__name__)

    def test_names_the_place_of_a_mistake(self):
        for loads in (_katydid_json.loads, _katydid_json_later.loads):
            with self.assertRaises(json.JSONDecodeError) as caught:
                loads('{"a": 1,}')
            self.assertGreater(caught.exception.pos, 0)


if __name__ == "__main__":
    unittest.main()
