"""The data of custom messages on its way to the wire and back."""
import datetime
import unittest

from locust.rpc.protocol import from_wire, to_wire

NOON = datetime.datetime(2026, 11, 24, 12, 0, 0, 7)
ON_THE_WIRE = {"__datetime__": True, "as_str": "20261124T12:00:00.000007"}


class DatesTest(unittest.TestCase):
    def test_a_date_travels_as_locusts_map(self):
        self.assertEqual(ON_THE_WIRE, to_wire(NOON))
        self.assertEqual(NOON, from_wire(ON_THE_WIRE))

    def test_dates_are_found_wherever_they_are(self):
        data = {"a": [1, {"b": NOON}], 7: (NOON, None), "c": b"\xff"}
        self.assertEqual({"a": [1, {"b": NOON}], 7: [NOON, None], "c": b"\xff"}, from_wire(to_wire(data)))

    def test_what_only_looks_like_a_date_stays_a_map(self):
        for data in ({"__datetime__": True}, {"__datetime__": True, "as_str": 5},
                     {"__datetime__": True, "as_str": "noon"}):
            self.assertEqual(data, from_wire(data))
