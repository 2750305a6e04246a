"""Our msgpack: the format's own examples, and what its functions promise."""
import datetime
import io
import unittest

import msgpack

VECTORS = (
    (None, "c0"), (True, "c3"), (False, "c2"), (0, "00"), (127, "7f"), (128, "cc80"), (255, "ccff"), (256, "cd0100"),
    (65535, "cdffff"), (65536, "ce00010000"), (2**32 - 1, "ceffffffff"), (2**32, "cf0000000100000000"),
    (2**64 - 1, "cfffffffffffffffff"), (-1, "ff"), (-32, "e0"), (-33, "d0df"), (-128, "d080"), (-129, "d1ff7f"),
    (-32768, "d18000"), (-32769, "d2ffff7fff"), (-2**31, "d280000000"), (-2**31 - 1, "d3ffffffff7fffffff"),
    (-2**63, "d38000000000000000"), (1.5, "cb3ff8000000000000"), ("", "a0"), ("a", "a161"), ("\u00e9", "a2c3a9"),
    ("x" * 32, "d920" + "78" * 32), (b"", "c400"), (b"\x01", "c40101"), ([], "90"), ([1, [2]], "920191" + "02"),
    ({}, "80"), ({"a": 1}, "81a16101"), (msgpack.ExtType(5, b"\x01"), "d40501"), (msgpack.ExtType(5, b"abc"), "c70305616263"),
    (msgpack.Timestamp(1), "d6ff00000001"), (msgpack.Timestamp(1, 1), "d7ff0000000400000001"),
    (msgpack.Timestamp(-1), "c70cff00000000ffffffffffffffff"))


class MsgpackTest(unittest.TestCase):
    def test_values_have_the_bytes_of_the_format_both_ways(self):
        for value, packed in VECTORS:
            self.assertEqual(packed, msgpack.packb(value).hex(), value)
            self.assertEqual(value, msgpack.unpackb(bytes.fromhex(packed)), packed)

    def test_long_values_come_back(self):
        for value in ("x" * 256, "x" * 70000, b"y" * 256, b"y" * 70000, list(range(16)), list(range(70000)),
                      {str(number): number for number in range(16)}, {str(number): number for number in range(70000)}):
            self.assertEqual(value, msgpack.unpackb(msgpack.packb(value)))

    def test_options(self):
        self.assertEqual((1, (2,)), msgpack.unpackb(msgpack.packb([1, [2]]), use_list=False))
        self.assertEqual(b"a", msgpack.unpackb(b"\xa1a", raw=True))
        self.assertEqual({1: 2}, msgpack.unpackb(b"\x81\x01\x02", strict_map_key=False))
        self.assertRaises(ValueError, msgpack.unpackb, b"\x81\x01\x02")
        self.assertEqual("aa", msgpack.unpackb(msgpack.packb({"a": 1}), object_hook=lambda found: "a" * (found["a"] + 1)))
        self.assertEqual([("a", 1)], msgpack.unpackb(msgpack.packb({"a": 1}), object_pairs_hook=list))
        self.assertEqual(b"\xa1a", msgpack.packb(b"a", use_bin_type=False))
        self.assertEqual("ca3fc00000", msgpack.packb(1.5, use_single_float=True).hex())
        self.assertEqual([1], msgpack.unpackb(msgpack.packb({1}, default=list)))
        when = datetime.datetime(2024, 5, 1, 12, tzinfo=datetime.timezone.utc)
        self.assertEqual(when, msgpack.unpackb(msgpack.packb(when, datetime=True), timestamp=3))

    def test_what_cannot_be_packed_or_unpacked_is_refused(self):
        self.assertRaises(TypeError, msgpack.packb, object())
        self.assertRaises(OverflowError, msgpack.packb, 2**64)
        self.assertRaises(ValueError, msgpack.unpackb, b"\x92\x01")
        self.assertRaises(msgpack.FormatError, msgpack.unpackb, b"\xc1")
        endless = []
        endless.append(endless)
        self.assertRaises(ValueError, msgpack.packb, endless)
        self.assertRaises(ValueError, msgpack.unpackb, b"\x91" * 5000)
        with self.assertRaises(msgpack.ExtraData) as caught:
            msgpack.unpackb(b"\x01\x02")
        self.assertEqual((1, b"\x02"), (caught.exception.unpacked, caught.exception.extra))

    def test_a_stream_gives_objects_as_they_are_complete(self):
        unpacker = msgpack.Unpacker()
        packed = msgpack.packb({"a": [1, 2]}) + msgpack.packb("b")
        found = []
        for number in range(len(packed)):
            unpacker.feed(packed[number:number + 1])
            found += list(unpacker)
        self.assertEqual([{"a": [1, 2]}, "b"], found)
        self.assertEqual([1, "x", None], list(msgpack.Unpacker(io.BytesIO(b"\x01\xa1x\xc0"))))
        self.assertRaises(msgpack.OutOfData, msgpack.Unpacker(io.BytesIO(b"\x92")).unpack)
        self.assertRaises(msgpack.BufferFull, msgpack.Unpacker(max_buffer_size=2).feed, b"abc")

    def test_headers_alone(self):
        packer = msgpack.Packer()
        self.assertEqual(b"\x92\x01\x02", packer.pack_array_header(2) + packer.pack(1) + packer.pack(2))
        unpacker = msgpack.Unpacker(io.BytesIO(b"\x92\x01\x02"))
        self.assertEqual([2, 1, 2], [unpacker.read_array_header(), unpacker.unpack(), unpacker.unpack()])


if __name__ == "__main__":
    unittest.main()
