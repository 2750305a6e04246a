"""pyexpat as programs use it; the expected results are those of CPython with Expat 2.5."""
import io
import pyexpat
import threading
import unittest
import plistlib
import xml.dom.minidom
import xml.etree.ElementTree as ElementTree
import xml.sax
from xml.parsers import expat


def events(document, step=0, separator=None, buffered=True):
    parser = expat.ParserCreate(None, separator)
    parser.buffer_text = buffered
    seen = []
    for name in ("StartElement", "EndElement", "CharacterData", "Comment", "ProcessingInstruction", "StartCdataSection",
                 "EndCdataSection", "StartNamespaceDecl", "EndNamespaceDecl", "StartDoctypeDecl", "EndDoctypeDecl",
                 "EntityDecl", "UnparsedEntityDecl", "NotationDecl", "ElementDecl", "AttlistDecl", "XmlDecl"):
        setattr(parser, name + "Handler", lambda *values, name=name: seen.append((name, *values)))
    if step:
        for i in range(0, len(document), step):
            parser.Parse(document[i:i + step])
        parser.Parse(document[:0], True)
    else:
        parser.Parse(document, True)
    return seen


def joined(seen):
    """A piece's text is handed over when it ends, so text is in parts."""
    whole = []
    for event in seen:
        if whole and event[0] == whole[-1][0] == "CharacterData":
            whole[-1] = ("CharacterData", whole[-1][1] + event[1])
        else:
            whole.append(event)
    return whole


class EventsTest(unittest.TestCase):
    DOCUMENT = (b'<?xml version="1.0" encoding="utf-8" standalone="yes"?><!DOCTYPE a [<!ENTITY e "<b>v</b>">'
                b'<!NOTATION n SYSTEM "s"><!ENTITY u SYSTEM "f" NDATA n><!ELEMENT a (b|c)*><!ATTLIST a x (p|q) "p">]>'
                b'<a y="1 &amp; 2">\xc3\xa9\r\n&e;<!--c--><?t  d ?><![CDATA[<&]]></a>')
    EVENTS = [
        ("XmlDecl", "1.0", "utf-8", 1), ("StartDoctypeDecl", "a", None, None, 1),
        ("EntityDecl", "e", 0, "<b>v</b>", None, None, None, None), ("NotationDecl", "n", None, "s", None),
        ("UnparsedEntityDecl", "u", None, "f", None, "n"),
        ("ElementDecl", "a", (5, 2, None, ((4, 0, "b", ()), (4, 0, "c", ())))),
        ("AttlistDecl", "a", "x", "(p|q)", "p", 0), ("EndDoctypeDecl",), ("StartElement", "a", {"y": "1 & 2", "x": "p"}),
        ("CharacterData", "é\n"), ("StartElement", "b", {}), ("CharacterData", "v"), ("EndElement", "b"), ("Comment", "c"),
        ("ProcessingInstruction", "t", "d "), ("StartCdataSection",), ("CharacterData", "<&"), ("EndCdataSection",),
        ("EndElement", "a")]

    def test_in_one_piece_and_byte_by_byte(self):
        for step in (0, 1, 2, 7):
            self.assertEqual(joined(events(self.DOCUMENT, step)), self.EVENTS, step)

    def test_namespaces(self):
        self.assertEqual(events('<p:a xmlns:p="u" p:x="1" y="2"/>', separator=" "), [
            ("StartNamespaceDecl", "p", "u"), ("StartElement", "u a", {"u x": "1", "y": "2"}), ("EndElement", "u a"),
            ("EndNamespaceDecl", "p")])

    def test_text_without_a_buffer_comes_line_by_line(self):
        self.assertEqual([e[1] for e in events("<a>x\ny&lt;z</a>", buffered=False) if e[0] == "CharacterData"],
                         ["x", "\n", "y", "<", "z"])

    def test_encodings(self):
        for document, text in (
                (b"<?xml version='1.0' encoding='iso-8859-1'?><a>\xe9</a>", "é"),
                (b"<?xml version='1.0' encoding='windows-1252'?><a>\x80</a>", "€"), (b"\xef\xbb\xbf<a>\xc3\xa9</a>", "é"),
                ("<?xml version='1.0' encoding='utf-16'?><a>é😀</a>".encode("utf-16"), "é😀")):
            for step in (0, 1):
                self.assertIn(("CharacterData", text), joined(events(document, step)))
        with self.assertRaisesRegex(LookupError, "unknown encoding: xxx"):
            events(b"<?xml version='1.0' encoding='xxx'?><a/>")

    def test_a_handlers_exception_comes_through_and_no_handler_is_called_after_it(self):
        parser = expat.ParserCreate()
        wrong, seen = KeyError("mine"), []

        def handler(name, _attributes):
            seen.append(name)
            raise wrong
        parser.StartElementHandler = handler
        with self.assertRaises(KeyError) as caught:
            parser.Parse("<a><b/></a>", True)
        self.assertIs(caught.exception, wrong)
        self.assertEqual(seen, ["a"])
        self.assertIsNone(parser.StartElementHandler)

    def test_the_handlers_of_the_moment_are_called(self):
        parser, seen = expat.ParserCreate(), []

        def first(name, _attributes):
            seen.append(("first", name))
            parser.StartElementHandler = lambda name, _attributes: seen.append(("second", name))
        parser.StartElementHandler = first
        parser.Parse("<a><b/><c/></a>", True)
        self.assertEqual(seen, [("first", "a"), ("second", "b"), ("second", "c")])


class ErrorsTest(unittest.TestCase):
    def test_messages_and_places(self):
        for document, message in (
                ("<a><b></a>", "mismatched tag: line 1, column 8"), ("", "no element found: line 1, column 0"),
                ("<a>\n", "no element found: line 2, column 0"), ("hello", "syntax error: line 1, column 0"),
                ("<a>& b</a>", "not well-formed (invalid token): line 1, column 4"),
                ("<a/><b/>", "junk after document element: line 1, column 4"), ("<a", "unclosed token: line 1, column 0"),
                ("<a>&x;</a>", "undefined entity: line 1, column 3"),
                ('<a x="1" x="2"/>', "duplicate attribute: line 1, column 9"),
                ("<a>&#0;</a>", "reference to invalid character number: line 1, column 3"),
                (" <?xml version='1.0'?><a/>", "XML or text declaration not at start of entity: line 1, column 1"),
                ("<a><![CDATA[x", "unclosed CDATA section: line 1, column 13"),
                ('<!DOCTYPE a [<!ENTITY e "&e;">]><a>&e;</a>', "recursive entity reference: line 1, column 35"),
                (b"<a>\xe9</a>", "not well-formed (invalid token): line 1, column 3")):
            with self.assertRaises(expat.ExpatError) as caught:
                expat.ParserCreate().Parse(document, True)
            self.assertEqual(str(caught.exception), message, document)
            self.assertEqual(expat.ErrorString(caught.exception.code), message.split(":")[0])
        with self.assertRaises(expat.error) as caught:
            expat.ParserCreate(None, " ").Parse("<p:a/>", True)
        self.assertEqual((caught.exception.code, caught.exception.lineno, caught.exception.offset), (27, 1, 0))
        self.assertEqual(expat.errors.codes[expat.errors.XML_ERROR_UNBOUND_PREFIX], 27)

    def test_entities_that_grow_without_bounds_are_an_error(self):
        declared = "<!ENTITY e0 'xxxxxxxxxx'>" + "".join(
            f"<!ENTITY e{i} '{f'&e{i - 1};' * 10}'>" for i in range(1, 9))
        for use in ("<a>&e8;</a>", "<a x='&e8;'/>"):
            with self.assertRaisesRegex(expat.ExpatError, "limit on input amplification factor"):
                expat.ParserCreate().Parse(f"<!DOCTYPE a [{declared}]>{use}", True)

    def test_finished(self):
        parser = expat.ParserCreate()
        parser.Parse("<a/>", True)
        with self.assertRaisesRegex(expat.ExpatError, "parsing finished"):
            parser.Parse("<a/>", True)


class LibrariesTest(unittest.TestCase):
    def test_element_tree(self):
        root = ElementTree.fromstring('<a xmlns="u" x="1">t<b/>é&amp;</a>')
        self.assertEqual((root.tag, root.attrib, root.text, root[0].tag, root[0].tail),
                         ("{u}a", {"x": "1"}, "t", "{u}b", "é&"))
        with self.assertRaisesRegex(ElementTree.ParseError, "undefined entity: line 1, column 3"):
            ElementTree.fromstring("<a>&nbsp;</a>")
        self.assertEqual([e.tag for _, e in ElementTree.iterparse(io.BytesIO(b"<a><b/><c/></a>"))], ["b", "c", "a"])

    def test_a_foreign_dtd_is_asked_for_once(self):
        for document in b"<a/>", b"<!DOCTYPE a><a/>":
            asked = []
            parser = expat.ParserCreate()
            parser.UseForeignDTD()
            parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_ALWAYS)
            parser.ExternalEntityRefHandler = lambda *values: asked.append(values[2:]) or 1
            parser.Parse(document, True)
            self.assertEqual([(None, None)], asked)

    def test_minidom_keeps_the_declarations(self):
        text = '<!DOCTYPE a [<!ENTITY e "v">]><a x="1">&e;<!--c--><![CDATA[d]]></a>'
        self.assertEqual(xml.dom.minidom.parseString(text).toxml(),
                         '<?xml version="1.0" ?><!DOCTYPE a [<!ENTITY e "v">]><a x="1">v<!--c--><![CDATA[d]]></a>')

    def test_sax(self):
        seen = []

        class Handler(xml.sax.ContentHandler):
            def startElement(self, name, attrs):
                seen.append((name, dict(attrs)))
        xml.sax.parseString(b"<a><b x='1'/></a>", Handler())
        self.assertEqual(seen, [("a", {}), ("b", {"x": "1"})])
        with self.assertRaises(xml.sax.SAXParseException):
            xml.sax.parseString(b"<a>", Handler())

    def test_property_lists(self):
        value = {"a": [1, True, "é"], "b": b"bytes"}
        self.assertEqual(plistlib.loads(plistlib.dumps(value)), value)

    def test_it_is_no_c_and_each_thread_can_parse(self):
        self.assertTrue(pyexpat.__file__.endswith("pyexpat.py"))
        sizes = []
        threads = [threading.Thread(target=lambda: sizes.append(len(ElementTree.fromstring("<a>" + "<b/>" * 500 + "</a>"))))
                   for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sizes, [500] * 4)
