"""Dictionaries of the HTTP client: header names without regard to case, and names looked up as attributes."""
from collections.abc import Mapping, MutableMapping


class CaseInsensitiveDict(MutableMapping):
    """A dictionary of headers: keys are compared without case, and keep the case they were last set with."""

    def __init__(self, data=None, **kwargs):
        self._store = {}
        if data is None:
            data = {}
        self.update(data, **kwargs)

    def __setitem__(self, key, value):
        self._store[key.lower()] = (key, value)

    def __getitem__(self, key):
        return self._store[key.lower()][1]

    def __delitem__(self, key):
        del self._store[key.lower()]

    def __contains__(self, key):
        return isinstance(key, (str, bytes)) and key.lower() in self._store

    def __iter__(self):
        return (key for key, _ in self._store.values())

    def __len__(self):
        return len(self._store)

    def get(self, key, default=None):
        pair = self._store.get(key.lower())
        return default if pair is None else pair[1]

    def lower_items(self):
        """Pairs of lower-case name and value."""
        return ((key, pair[1]) for key, pair in self._store.items())

    def __eq__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        return dict(self.lower_items()) == dict(CaseInsensitiveDict(other).lower_items())

    def copy(self):
        return CaseInsensitiveDict(self._store.values())

    def __repr__(self):
        return str(dict(self.items()))


class SessionHeaders(CaseInsensitiveDict):
    """The headers of a session. It tells the session about changes, which keeps a prepared copy for its requests."""

    def __init__(self, session, data=None):
        self._session = None
        super().__init__(data)
        self._session = session

    def __setitem__(self, key, value):
        self._store[key.lower()] = (key, value)
        if self._session is not None:
            self._session._changed()

    def __delitem__(self, key):
        del self._store[key.lower()]
        self._session._changed()

    def __reduce__(self):
        """A copy belongs to no session."""
        return CaseInsensitiveDict, (list(self._store.values()),)


class LookupDict(dict):
    """Names as attributes: `codes.not_found`, `codes["not_found"]`; an unknown name is None."""

    def __init__(self, name=None):
        self.name = name
        super().__init__()

    def __repr__(self):
        return f"<lookup '{self.name}'>"

    def __getattr__(self, key):
        if key in self.__dict__:
            return self.__dict__[key]
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{key}'")

    def __getitem__(self, key):
        return self.__dict__.get(key, None)

    def get(self, key, default=None):
        return self.__dict__.get(key, default)
