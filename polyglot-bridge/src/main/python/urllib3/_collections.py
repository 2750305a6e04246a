"""Headers with several values for one name."""
from collections.abc import MutableMapping


class HTTPHeaderDict(MutableMapping):
    """Header names without regard to case; several values are joined with ", " or listed by `getlist`."""

    def __init__(self, headers=None, **kwargs):
        self._container = {}
        if headers is not None:
            self.extend(headers)
        if kwargs:
            self.extend(kwargs)

    def __setitem__(self, key, value):
        self._container[key.lower()] = [key, value]

    def __getitem__(self, key):
        return ", ".join(self._container[key.lower()][1:])

    def __delitem__(self, key):
        del self._container[key.lower()]

    def __contains__(self, key):
        return isinstance(key, str) and key.lower() in self._container

    def __len__(self):
        return len(self._container)

    def __iter__(self):
        return (values[0] for values in self._container.values())

    def __eq__(self, other):
        if not hasattr(other, "keys"):
            return False
        return {k.lower(): self[k] for k in self} == {k.lower(): other[k] for k in other}

    def add(self, key, value, *, combine=False):
        """Adds a value to those that are there."""
        values = self._container.setdefault(key.lower(), [key])
        if combine and len(values) > 1:
            values[-1] += ", " + value
        else:
            values.append(value)

    def extend(self, headers=(), **kwargs):
        if isinstance(headers, HTTPHeaderDict):
            headers = headers.iteritems()
        elif hasattr(headers, "keys"):
            headers = [(key, headers[key]) for key in headers.keys()]
        for key, value in headers:
            self.add(key, value)
        for key, value in kwargs.items():
            self.add(key, value)

    def getlist(self, key, default=()):
        values = self._container.get(key.lower())
        return list(default) if values is None else values[1:]

    getheaders = getlist
    get_all = getlist

    def iteritems(self):
        """Every name and value, one pair per value."""
        for values in self._container.values():
            for value in values[1:]:
                yield values[0], value

    def items(self):
        return list(self.iteritems())

    def itermerged(self):
        for key in self:
            yield key, self[key]

    def copy(self):
        return HTTPHeaderDict(self)

    def __repr__(self):
        return f"HTTPHeaderDict({dict(self.itermerged())})"
