"""`unicodedata` without C.

GraalPy takes some functions of it from CPython's C module, and with it the whole C API: in the thread that asks first, which
then waits for all others (TLS asks, by way of the codec `idna`). Java knows the same.
"""
import _katydid

_java = _katydid._host.unicode()
_MAJOR, _MINOR = 3, 2


def _character(text):
    if not isinstance(text, str) or len(text) != 1:
        raise TypeError("argument must be a unicode character")
    return ord(text)


def combining(chr, /):
    """The canonical combining class of a character."""
    return _java.combining(_character(chr))


def east_asian_width(chr, /):
    """The East Asian width of a character."""
    return _java.eastAsianWidth(_character(chr))


def lookup(name, /):
    """The character of a name."""
    if isinstance(name, (bytes, bytearray)):
        name = bytes(name).decode("ascii")
    found = _java.named(name)
    if found >= 0:
        return chr(found)
    try:
        # A rare alias, or a sequence.
        from _cpython_unicodedata import lookup as look_there
    except (ImportError, SystemError):
        raise KeyError(f"undefined character name '{name}'") from None
    return look_there(name)


class UCD:
    """The characters that were there in Unicode 3.2, which names of hosts are made of. What is said of one is what today's
    Unicode says: it differs for a handful of characters that were corrected since."""

    unidata_version = "3.2.0"

    def __init__(self, module):
        self._module = module

    def _there(self, text):
        return _java.existedIn(_character(text), _MAJOR, _MINOR)

    def category(self, chr, /):
        return self._module.category(chr) if self._there(chr) else "Cn"

    def bidirectional(self, chr, /):
        return self._module.bidirectional(chr) if self._there(chr) else ""

    def combining(self, chr, /):
        return combining(chr) if self._there(chr) else 0

    def east_asian_width(self, chr, /):
        return east_asian_width(chr) if self._there(chr) else "N"

    def name(self, chr, /, *default):
        if self._there(chr) or not default:
            return self._module.name(chr, *default)
        return default[0]

    def normalize(self, form, text, /):
        # What has come since stands for itself.
        parts, kept = [], ""
        for character in text:
            if self._there(character):
                kept += character
            else:
                parts += self._module.normalize(form, kept), character
                kept = ""
        return "".join(parts) + self._module.normalize(form, kept)

    def is_normalized(self, form, text, /):
        return self.normalize(form, text) == text

    def __getattr__(self, name):
        return getattr(self._module, name)


def change(module):
    module.combining, module.east_asian_width, module.lookup = combining, east_asian_width, lookup
    module.UCD, module.ucd_3_2_0 = UCD, UCD(module)
