"""CPython's `pyexpat`, on a parser in Java: GraalPy takes it from C, which only one of a process's contexts may load and no
virtual thread survives.

The parser hands over what a whole piece of the document has, as one text; here the handlers are called one after the other.
"""
import sys as _sys
from types import ModuleType as _ModuleType

import _katydid

EXPAT_VERSION = "expat_2.5.0"
version_info = (2, 5, 0)
native_encoding = "UTF-8"
features = [("sizeof(XML_Char)", 1), ("sizeof(XML_LChar)", 1), ("XML_DTD", 0), ("XML_CONTEXT_BYTES", 1024), ("XML_NS", 0),
            ("XML_BLAP_MAX_AMP", 100), ("XML_BLAP_ACT_THRES", 8388608)]

XML_PARAM_ENTITY_PARSING_NEVER = 0
XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE = 1
XML_PARAM_ENTITY_PARSING_ALWAYS = 2

_ERRORS = (
    ("NO_MEMORY", "out of memory"),
    ("SYNTAX", "syntax error"),
    ("NO_ELEMENTS", "no element found"),
    ("INVALID_TOKEN", "not well-formed (invalid token)"),
    ("UNCLOSED_TOKEN", "unclosed token"),
    ("PARTIAL_CHAR", "partial character"),
    ("TAG_MISMATCH", "mismatched tag"),
    ("DUPLICATE_ATTRIBUTE", "duplicate attribute"),
    ("JUNK_AFTER_DOC_ELEMENT", "junk after document element"),
    ("PARAM_ENTITY_REF", "illegal parameter entity reference"),
    ("UNDEFINED_ENTITY", "undefined entity"),
    ("RECURSIVE_ENTITY_REF", "recursive entity reference"),
    ("ASYNC_ENTITY", "asynchronous entity"),
    ("BAD_CHAR_REF", "reference to invalid character number"),
    ("BINARY_ENTITY_REF", "reference to binary entity"),
    ("ATTRIBUTE_EXTERNAL_ENTITY_REF", "reference to external entity in attribute"),
    ("MISPLACED_XML_PI", "XML or text declaration not at start of entity"),
    ("UNKNOWN_ENCODING", "unknown encoding"),
    ("INCORRECT_ENCODING", "encoding specified in XML declaration is incorrect"),
    ("UNCLOSED_CDATA_SECTION", "unclosed CDATA section"),
    ("EXTERNAL_ENTITY_HANDLING", "error in processing external entity reference"),
    ("NOT_STANDALONE", "document is not standalone"),
    ("UNEXPECTED_STATE", "unexpected parser state - please send a bug report"),
    ("ENTITY_DECLARED_IN_PE", "entity declared in parameter entity"),
    ("FEATURE_REQUIRES_XML_DTD", "requested feature requires XML_DTD support in Expat"),
    ("CANT_CHANGE_FEATURE_ONCE_PARSING", "cannot change setting once parsing has begun"),
    ("UNBOUND_PREFIX", "unbound prefix"),
    ("UNDECLARING_PREFIX", "must not undeclare prefix"),
    ("INCOMPLETE_PE", "incomplete markup in parameter entity"),
    ("XML_DECL", "XML declaration not well-formed"),
    ("TEXT_DECL", "text declaration not well-formed"),
    ("PUBLICID", "illegal character(s) in public id"),
    ("SUSPENDED", "parser suspended"),
    ("NOT_SUSPENDED", "parser not suspended"),
    ("ABORTED", "parsing aborted"),
    ("FINISHED", "parsing finished"),
    ("SUSPEND_PE", "cannot suspend in external parameter entity"),
    ("RESERVED_PREFIX_XML", "reserved prefix (xml) must not be undeclared or bound to another namespace name"),
    ("RESERVED_PREFIX_XMLNS", "reserved prefix (xmlns) must not be declared or undeclared"),
    ("RESERVED_NAMESPACE_URI", "prefix must not be bound to one of the reserved namespace names"),
    ("INVALID_ARGUMENT", "invalid argument"),
    ("NO_BUFFER", "a successful prior call to function XML_GetBuffer is required"),
    ("AMPLIFICATION_LIMIT_BREACH", "limit on input amplification factor (from DTD and entities) breached"),
)

errors = _ModuleType("pyexpat.errors", "Constants used to describe error conditions.")
errors.codes = {}
errors.messages = {}
for _code, (_name, _message) in enumerate(_ERRORS, 1):
    setattr(errors, "XML_ERROR_" + _name, _message)
    errors.codes[_message] = _code
    errors.messages[_code] = _message

model = _ModuleType("pyexpat.model", "Constants used to interpret content model information.")
for _code, _name in enumerate(("EMPTY", "ANY", "MIXED", "NAME", "CHOICE", "SEQ"), 1):
    setattr(model, "XML_CTYPE_" + _name, _code)
for _code, _name in enumerate(("NONE", "OPT", "REP", "PLUS")):
    setattr(model, "XML_CQUANT_" + _name, _code)
_sys.modules["pyexpat.errors"] = errors
_sys.modules["pyexpat.model"] = model

_FINISHED, _CANNOT_CHANGE, _NOT_STANDALONE, _EXTERNAL = 36, 26, 22, 21


class ExpatError(Exception):
    """The document is wrong."""


ExpatError.__module__ = "xml.parsers.expat"
error = ExpatError


def ErrorString(code, /):
    """The message of an error's number."""
    return errors.messages.get(code)


def ParserCreate(encoding=None, namespace_separator=None, intern=None):
    """A new parser."""
    for name, value in (("encoding", encoding), ("namespace_separator", namespace_separator)):
        if value is not None and not isinstance(value, str):
            raise TypeError(f"ParserCreate() argument '{name}' must be str or None, not {type(value).__name__}")
    if namespace_separator is not None and len(namespace_separator) > 1:
        raise ValueError("namespace_separator must be at most one character, omitted, or None")
    if intern is not None and not isinstance(intern, dict):
        raise TypeError("intern must be a dictionary")
    return xmlparser(_katydid._host.newXmlScanner(encoding, namespace_separator), {} if intern is None else intern)


_PLAIN_HANDLERS = (
    "StartElementHandler", "EndElementHandler", "ProcessingInstructionHandler", "UnparsedEntityDeclHandler",
    "NotationDeclHandler", "StartNamespaceDeclHandler", "EndNamespaceDeclHandler", "CommentHandler",
    "StartCdataSectionHandler", "EndCdataSectionHandler", "DefaultHandler", "DefaultHandlerExpand", "NotStandaloneHandler",
    "ExternalEntityRefHandler", "StartDoctypeDeclHandler", "EndDoctypeDeclHandler", "EntityDeclHandler", "XmlDeclHandler",
    "ElementDeclHandler", "AttlistDeclHandler", "SkippedEntityHandler")


class xmlparser:
    """A parser. Its own thread calls it."""

    __slots__ = _PLAIN_HANDLERS + (
        "_java", "_event", "_text_handler", "_buffered", "_used", "_buffer_text", "_buffer_size", "_ordered", "_specified",
        "_prefixes", "_base", "_finished", "_begun", "_parameter_parsing", "_foreign", "_inside", "intern")

    def __init__(self, java, intern):
        self._java = java
        self.intern = intern
        self._event = None
        self._buffered, self._used = [], 0
        self._buffer_text, self._buffer_size = False, 8192
        self._ordered = self._specified = self._prefixes = False
        self._base = None
        self._finished = self._begun = self._foreign = self._inside = False
        self._parameter_parsing = 0
        self._no_handlers()

    def _no_handlers(self):
        self._text_handler = None
        for name in _PLAIN_HANDLERS:
            setattr(self, name, None)

    # What can be set

    @property
    def CharacterDataHandler(self):
        return self._text_handler

    @CharacterDataHandler.setter
    def CharacterDataHandler(self, handler):
        self._flush()
        self._text_handler = handler

    @property
    def buffer_text(self):
        return self._buffer_text

    @buffer_text.setter
    def buffer_text(self, value):
        value = bool(value)
        if not value:
            self._flush()
        self._buffer_text = value

    @property
    def buffer_size(self):
        return self._buffer_size

    @buffer_size.setter
    def buffer_size(self, value):
        if not isinstance(value, int):
            raise TypeError("buffer_size must be an integer")
        if value <= 0:
            raise ValueError("buffer_size must be greater than zero")
        if value > 0x7fffffff:
            raise ValueError(f"buffer_size must not be greater than {0x7fffffff}")
        if value != self._buffer_size:
            self._flush()
        self._buffer_size = value

    @property
    def buffer_used(self):
        return self._used

    @property
    def ordered_attributes(self):
        return self._ordered

    @ordered_attributes.setter
    def ordered_attributes(self, value):
        self._ordered = bool(value)

    @property
    def specified_attributes(self):
        return self._specified

    @specified_attributes.setter
    def specified_attributes(self, value):
        self._specified = bool(value)

    @property
    def namespace_prefixes(self):
        return self._prefixes

    @namespace_prefixes.setter
    def namespace_prefixes(self, value):
        self._prefixes = bool(value)

    # Where it is

    @property
    def CurrentLineNumber(self):
        return self._java.line() if self._event is None else self._java.lineOf(self._event)

    @property
    def CurrentColumnNumber(self):
        return self._java.column() if self._event is None else self._java.columnOf(self._event)

    @property
    def CurrentByteIndex(self):
        if not self._begun:
            return -1
        return self._java.offset() if self._event is None else self._java.offsetOf(self._event)

    ErrorLineNumber = CurrentLineNumber
    ErrorColumnNumber = CurrentColumnNumber
    ErrorByteIndex = CurrentByteIndex

    @property
    def ErrorCode(self):
        if self._event is not None:
            return 0
        return self._java.errorCode()

    # Methods

    def SetBase(self, base, /):
        self._base = base

    def GetBase(self):
        return self._base

    def GetInputContext(self):
        """The document from the event on that is being handled."""
        return None if self._event is None else self._java.raw(self._event).encode()

    def SetParamEntityParsing(self, flag, /):
        if self._begun:
            return 0
        self._parameter_parsing = flag
        return 1

    def UseForeignDTD(self, flag=True, /):
        if self._begun:
            raise self._error(_CANNOT_CHANGE)
        self._foreign = bool(flag)

    def GetReparseDeferralEnabled(self):
        return False

    def SetReparseDeferralEnabled(self, enabled, /):
        """A token is always handed over as soon as it is there."""

    def ExternalEntityParserCreate(self, context, encoding=None, /):
        """A parser for an external entity, with this one's handlers."""
        made = xmlparser(self._java.forEntity(context, encoding), self.intern)
        for name in _PLAIN_HANDLERS:
            setattr(made, name, getattr(self, name))
        made._text_handler = self._text_handler
        made._buffer_text, made._buffer_size = self._buffer_text, self._buffer_size
        made._ordered, made._specified, made._prefixes = self._ordered, self._specified, self._prefixes
        made._base, made._parameter_parsing = self._base, self._parameter_parsing
        return made

    def Parse(self, data, isfinal=False, /):
        """Parses a piece of the document."""
        java = self._java
        if self._finished or self._inside:
            raise self._error(_FINISHED)
        isfinal = bool(isfinal)
        if isinstance(data, str):
            if not java.addText(data, isfinal):
                data.encode()
        else:
            if not isinstance(data, bytes):
                data = bytes(memoryview(data).cast("B"))
            java.addBytes(data, isfinal)
        self._begun = True
        self._inside = True
        try:
            self._run(java)
            code = java.errorCode()
            self._event = None
            if code:
                raise self._error(code)
            self._flush()
            self._finished = isfinal
        except ExpatError as wrong:
            raise wrong.with_traceback(None)
        finally:
            self._inside = False
            self._event = None
        return 1

    def ParseFile(self, file, /):
        """Parses what the file has."""
        read = getattr(file, "read", None)
        if read is None:
            raise TypeError("argument must have 'read' attribute")
        while True:
            data = read(2048)
            if not isinstance(data, (bytes, bytearray)):
                raise TypeError(f"read() did not return a bytes object (type={type(data).__name__})")
            self.Parse(bytes(data), not data)
            if not data:
                return 1

    def _error(self, code):
        java = self._java
        message = errors.messages.get(code, "unknown error")
        line, column = java.line(), java.column()
        made = ExpatError(f"{message}: line {line}, column {column}")
        made.code, made.lineno, made.offset = code, line, column
        return made

    # The handlers' calls

    def _flush(self):
        if self._buffered:
            text = "".join(self._buffered)
            self._buffered, self._used = [], 0
            if self._text_handler is not None:
                self._text_handler(text)

    def _run(self, java):
        while True:
            java.set(self._buffer_text and self._text_handler is not None, self._buffer_size // 4, self.DefaultHandler is None,
                     self._prefixes, self._parameter_parsing, self._foreign, self.ExternalEntityRefHandler is not None,
                     self.NotStandaloneHandler is not None)
            events = java.events()
            try:
                if events:
                    self._handle(events, java)
            except BaseException:
                self._no_handlers()
                self._buffered, self._used = [], 0
                raise
            if not java.more():
                return
            encoding = java.unknownEncoding()
            if encoding is not None:
                java.encodingTable(_table_of(str(encoding)))

    def _handle(self, events, java):
        index = -1
        for event in events.split("\0"):
            index += 1
            self._event = index
            kind = event[0]
            if kind == "C":
                if self._text_handler is not None:
                    self._text(event[2:])
                elif self.DefaultHandler is not None or self.DefaultHandlerExpand is not None:
                    self._default(java, index)
                continue
            if kind == "S":
                handler = self.StartElementHandler
                if handler is not None:
                    if self._buffered:
                        self._flush()
                    parts = event.split("\1")
                    if self._ordered:
                        handler(parts[1], parts[2:])
                    else:
                        handler(parts[1], dict(zip(parts[2::2], parts[3::2])))
                    continue
            elif kind == "E":
                handler = self.EndElementHandler
                if handler is not None:
                    if self._buffered:
                        self._flush()
                    handler(event[2:])
                    continue
                if java.raw(index) == "":
                    continue
            elif kind == "B":
                # The bracket after the declarations belongs to the document type.
                if self.StartDoctypeDeclHandler is not None:
                    continue
            elif kind != "D" and self._other(kind, event.split("\1"), java):
                continue
            self._default(java, index)

    def _text(self, text):
        if not self._buffer_text:
            self._text_handler(text)
            return
        size = len(text) if text.isascii() else len(text.encode())
        if self._used + size > self._buffer_size:
            self._flush()
            if self._text_handler is None:
                return
        if size > self._buffer_size:
            self._text_handler(text)
        else:
            self._buffered.append(text)
            self._used += size

    def _default(self, java, index):
        handler = self.DefaultHandlerExpand
        if handler is None:
            handler = self.DefaultHandler
        if handler is not None:
            text = java.raw(index)
            if text:
                self._flush()
                handler(text)

    def _other(self, kind, parts, java):
        """Calls the handler of an event; false if it has none."""
        name = _HANDLERS[kind]
        handler = getattr(self, name)
        if handler is None:
            if kind != "u" or self.EntityDeclHandler is None:
                return kind in "nNfal"
            handler, kind = self.EntityDeclHandler, "e"
        self._flush()
        values = [None if part == "\2" else part for part in parts[1:]]
        if kind == "T":
            specified, values = int(values[1]), values[:1] + values[2:]
            if self._specified:
                del values[1 + 2 * specified:]
            handler(values[0], values[1:] if self._ordered else dict(zip(values[1::2], values[2::2])))
        elif kind == "d":
            handler(*values[:3], int(values[3]))
        elif kind == "e":
            entity, parameter, value, system, public, notation = values
            handler(entity, int(parameter), value, self._base if value is None else None, system, public, notation)
        elif kind == "u":
            entity, parameter, value, system, public, notation = values
            handler(entity, self._base, system, public, notation)
        elif kind == "o":
            handler(values[0], self._base, values[1], values[2])
        elif kind == "m":
            handler(values[0], _model(iter(values[1:])))
        elif kind == "a":
            handler(*values[:4], int(values[4]))
        elif kind == "X":
            handler(values[0], values[1], int(values[2]))
        elif kind == "k":
            handler(values[0], int(values[1]))
        elif kind == "r":
            if not handler(values[0], self._base, values[1], values[2]):
                java.refuse(_EXTERNAL)
        elif kind == "l":
            if not handler():
                java.refuse(_NOT_STANDALONE)
        else:
            handler(*values)
        return True


XMLParserType = xmlparser
xmlparser.__module__ = "pyexpat"

_HANDLERS = {
    "T": "StartElementHandler", "p": "ProcessingInstructionHandler", "u": "UnparsedEntityDeclHandler",
    "o": "NotationDeclHandler", "N": "StartNamespaceDeclHandler", "n": "EndNamespaceDeclHandler", "c": "CommentHandler",
    "[": "StartCdataSectionHandler", "]": "EndCdataSectionHandler", "l": "NotStandaloneHandler",
    "r": "ExternalEntityRefHandler", "d": "StartDoctypeDeclHandler", "f": "EndDoctypeDeclHandler", "e": "EntityDeclHandler",
    "X": "XmlDeclHandler", "m": "ElementDeclHandler", "a": "AttlistDeclHandler", "k": "SkippedEntityHandler"}


def _model(parts):
    kind, quantifier, name, size = int(next(parts)), int(next(parts)), next(parts), int(next(parts))
    return kind, quantifier, name, tuple(_model(parts) for _ in range(size))


_ASCII = bytes(range(128)).decode("ascii")


def _table_of(encoding):
    """What the 256 bytes are in an encoding that the parser does not know."""
    try:
        table = bytes(range(256)).decode(encoding, "replace")
    except LookupError:
        raise LookupError(f"unknown encoding: {encoding}") from None
    if len(table) != 256 or table[:128] != _ASCII:
        raise ValueError("multi-byte encodings are not supported")
    return table
