"""unicodedata, and names of hosts, as CPython has them. The values are CPython 3.12's."""
import sys
import unicodedata
import unittest


class CharactersTest(unittest.TestCase):
    def test_what_is_known_of_a_character(self):
        self.assertEqual([0, 230, 220], [unicodedata.combining(c) for c in "a\u0301\u0323"])
        self.assertEqual(["Na", "W", "H", "F", "A", "N"], [unicodedata.east_asian_width(c) for c in "a\u4e00\uff71\uff21\u00a1\u05d0"])
        self.assertEqual("\u00e9", unicodedata.lookup("LATIN SMALL LETTER E WITH ACUTE"))
        with self.assertRaises(KeyError):
            unicodedata.lookup("NO SUCH LETTER")
        for function in unicodedata.combining, unicodedata.east_asian_width:
            with self.assertRaises(TypeError):
                function("ab")

    def test_the_old_version(self):
        old = unicodedata.ucd_3_2_0
        self.assertEqual(("3.2.0", "Cn", "So"), (old.unidata_version, old.category("\U0001F600"), unicodedata.category("\U0001F600")))
        self.assertEqual("fi", old.normalize("NFKC", "\ufb01"))

    def test_names_of_hosts(self):
        for name, encoded in (("localhost", b"localhost"), ("b\u00fccher.example", b"xn--bcher-kva.example"),
                              ("Fa\u00df.de", b"fass.de"), ("\u4f8b\u3048.jp", b"xn--r8jz45g.jp")):
            self.assertEqual(encoded, name.encode("idna"))
        self.assertEqual("b\u00fccher.example", b"xn--bcher-kva.example".decode("idna"))
        with self.assertRaises(UnicodeError):
            ("a" * 64).encode("idna")

    def test_no_c_is_loaded(self):
        loaded = "_cpython_unicodedata" in sys.modules
        "x.example".encode("idna")
        unicodedata.ucd_3_2_0.normalize("NFKC", "x")
        self.assertEqual(loaded, "_cpython_unicodedata" in sys.modules)
