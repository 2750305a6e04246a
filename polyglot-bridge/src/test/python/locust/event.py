class EventHook:
    def __init__(self):
        self._handlers = []

    @property
    def has_listeners(self):
        return bool(self._handlers)

    def add_listener(self, f):
        self._handlers.append(f)

    def fire(self, **kw):
        for f in self._handlers:
            f(**kw)
