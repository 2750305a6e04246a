"""Small things of the standard library that GraalPy has not, or has otherwise. Each is put in once its module is imported."""
import _katydid

_host = _katydid._host


def change_binascii(module):
    hexlify = module.hexlify

    def hexlify_with_separator(data, sep=None, bytes_per_sep=1):
        if sep is None:
            return hexlify(data)
        return bytes(memoryview(data).cast("B")).hex(sep, bytes_per_sep).encode("ascii")

    hexlify_with_separator.__name__ = hexlify_with_separator.__qualname__ = "hexlify"
    module.hexlify = module.b2a_hex = hexlify_with_separator


def change_zoneinfo(module):
    """Time zones come from the system's folders in which CPython looks; GraalPy by itself looks in none."""
    import os
    if not module.TZPATH and "PYTHONTZPATH" not in os.environ:
        module.reset_tzpath(["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo"])


def change_pydatetime(module):
    """Its classes say that they are those of `datetime`, as in CPython; so do their pickles."""
    for name in ("date", "datetime", "time", "timedelta", "timezone", "tzinfo"):
        getattr(module, name).__module__ = "datetime"


_WHOLE = {"shake_128": 168, "shake_256": 136}
_MOST = {"blake2b": 64, "blake2s": 32}


class _Digest:
    """A digest that is computed by Java from all that was added; for the few whose length or key is chosen."""

    def __init__(self, name, data, settings):
        self.name = name
        self._data = bytearray(data)
        self._settings = settings

    def update(self, data, /):
        self._data += memoryview(data).cast("B")

    def copy(self):
        return type(self)(self.name, self._data, self._settings)

    def _bytes(self, length):
        key, salt, person = self._settings
        return _host.digest(self.name, bytes(self._data), length, key, salt, person).encode("latin-1")


class _Shake(_Digest):
    digest_size = 0

    @property
    def block_size(self):
        return _WHOLE[self.name]

    def digest(self, length, /):
        return self._bytes(length)

    def hexdigest(self, length, /):
        return self._bytes(length).hex()


def _blake(module, name):
    plain = getattr(module, name)
    most = _MOST[name]

    class Blake(_Digest):
        MAX_DIGEST_SIZE = MAX_KEY_SIZE = most
        SALT_SIZE = PERSON_SIZE = most // 4
        block_size = most * 2

        def __new__(cls, data=b"", /, *, digest_size=most, key=b"", salt=b"", person=b"", fanout=1, depth=1, leaf_size=0,
                    node_offset=0, node_depth=0, inner_size=0, last_node=False, usedforsecurity=True):
            if not 1 <= digest_size <= most:
                raise ValueError(f"digest_size for {name} must be between 1 and {most} bytes, here it is {digest_size}")
            for what, value, limit in (("key", key, most), ("salt", salt, most // 4), ("person", person, most // 4)):
                if len(value) > limit:
                    raise ValueError(f"maximum {what} length is {limit} bytes")
            if (fanout, depth, leaf_size, node_offset, node_depth, inner_size, last_node) != (1, 1, 0, 0, 0, 0, False):
                raise ValueError(f"Katydid has no tree hashing with {name}")
            made = object.__new__(cls)
            made.digest_size = digest_size
            made._begin(data, bytes(key), bytes(salt).ljust(most // 4, b"\0") if salt else b"",
                        bytes(person).ljust(most // 4, b"\0") if person else b"")
            return made

        def __init__(self, *args, **kwargs):
            pass

        def _begin(self, data, key, salt, person):
            _Digest.__init__(self, name, data, (key, salt, person))

        def copy(self):
            made = object.__new__(type(self))
            made.digest_size = self.digest_size
            made._begin(self._data, *self._settings)
            return made

        def digest(self):
            return self._bytes(self.digest_size)

        def hexdigest(self):
            return self.digest().hex()

    Blake.__name__ = Blake.__qualname__ = name
    Blake.__module__ = "_blake2"
    return Blake


def change_hashlib(module):
    new = module.new
    changed = {}
    for name in _WHOLE:
        def shake(data=b"", /, *, usedforsecurity=True, _name=name):
            return _Shake(_name, data, (b"", b"", b""))

        shake.__name__ = shake.__qualname__ = name
        changed[name] = shake
    for name in _MOST:
        changed[name] = _blake(module, name)
    for name, function in changed.items():
        setattr(module, name, function)

    def new_of_all(name, data=b"", **kwargs):
        function = changed.get(name.lower() if isinstance(name, str) else name)
        return new(name, data, **kwargs) if function is None else function(data, **kwargs)

    new_of_all.__name__ = new_of_all.__qualname__ = "new"
    module.new = new_of_all

    def scrypt(password, *, salt, n, r, p, maxmem=0, dklen=64):
        """scrypt password-based key derivation function."""
        if n < 2 or n & (n - 1):
            raise ValueError("n must be a power of 2.")
        if r < 1 or p < 1 or dklen < 1:
            raise ValueError("r, p and dklen must be positive.")
        if 128 * r * (n + p + 2) > (maxmem or 32 * 1024 * 1024):
            raise ValueError("memory limit exceeded")
        return _host.scrypt(bytes(password), bytes(salt), n, r, p, dklen).encode("latin-1")

    if not hasattr(module, "scrypt"):
        module.scrypt = scrypt
