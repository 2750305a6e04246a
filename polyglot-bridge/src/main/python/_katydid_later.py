"""Attributes that are made when they are first read.

Not __getattr__: a class that has one makes GraalPy look up every attribute of its instances the slow way.
"""


class later:
    """Decorates a function of the instance; its result becomes the instance's attribute of that name. Until then the
    attribute can be set like any other."""

    def __init__(self, load):
        self._load = load
        self._name = load.__name__
        self.__doc__ = load.__doc__

    def __set_name__(self, owner, name):
        self._name = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        value = self._load(instance)
        instance.__dict__[self._name] = value
        return value


class later_of_reply(later):
    """The same for what only a response of a real request has."""

    def __get__(self, instance, owner=None):
        if instance is not None and instance._reply is None:
            raise AttributeError(f"'{type(instance).__name__}' object has no attribute '{self._name}'")
        return super().__get__(instance, owner)
