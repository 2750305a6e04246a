"""The headers of FastHttpUser's requests and responses."""


class Headers(dict):
    """Header names without regard to case. Several lines of one name are a list, as geventhttpclient has it."""

    _owner = None

    def __init__(self, headers=None, **kwargs):
        super().__init__()
        if headers:
            self.extend(headers)
        if kwargs:
            self.extend(kwargs)

    def _changed(self):
        if self._owner is not None:
            self._owner._changed()

    def __setitem__(self, key, value):
        entry = [(key, item) for item in value] if isinstance(value, (list, tuple)) else (key, value)
        dict.__setitem__(self, key.lower(), entry)
        self._changed()

    def __getitem__(self, key):
        entry = dict.__getitem__(self, key.lower())
        return [value for _, value in entry] if isinstance(entry, list) else entry[1]

    def __delitem__(self, key):
        dict.__delitem__(self, key.lower())
        self._changed()

    def __contains__(self, key):
        return dict.__contains__(self, key.lower())

    def get(self, key, default=None):
        return self[key] if key in self else default

    def pop(self, key, *default):
        if key not in self:
            if default:
                return default[0]
            raise KeyError(key)
        value = self[key]
        del self[key]
        return value

    def discard(self, key):
        self.pop(key, None)

    def setdefault(self, key, default=None):
        if key not in self:
            self[key] = default
        return self[key]

    def add(self, key, value):
        """Adds a line; those of the same name stay."""
        name = key.lower()
        before = dict.get(self, name)
        if before is None:
            dict.__setitem__(self, name, (key, value))
        else:
            lines = before if isinstance(before, list) else [before]
            dict.__setitem__(self, name, lines + [(key, value)])
        self._changed()

    def extend(self, headers=(), **kwargs):
        for key, value in _pairs(headers):
            self.add(key, value)
        for key, value in kwargs.items():
            self.add(key, value)

    def update(self, headers=(), **kwargs):
        for key, value in _pairs(headers):
            self[key] = value
        for key, value in kwargs.items():
            self[key] = value

    def items(self):
        """Name and value of every line."""
        for entry in dict.values(self):
            if isinstance(entry, list):
                yield from entry
            else:
                yield entry

    def iterlower(self):
        return ((key.lower(), value) for key, value in self.items())

    def values(self):
        return [value for _, value in self.items()]

    def getlist(self, key):
        value = self.get(key, [])
        return value if isinstance(value, list) else [value]

    getheaders = get_all = getlist

    def itermerged(self):
        for key in self:
            yield key, ", ".join(self.getlist(key))

    def compatible_dict(self):
        """A plain dictionary; of several lines one text."""
        return {(entry[0] if isinstance(entry, list) else entry)[0]: ", ".join(self.getlist(name))
                for name, entry in dict.items(self)}

    def copy(self):
        return Headers(self)

    def __eq__(self, other):
        return hasattr(other, "items") and sorted(self.iterlower()) == sorted(Headers(other).iterlower())

    __hash__ = None

    def __repr__(self):
        return f"Headers({self.compatible_dict()})"

    def __str__(self):
        return "\n".join(f"{key}: {value}" for key, value in self.items())


def _pairs(headers):
    return headers.items() if hasattr(headers, "items") else headers
