"""Classes right under typing.Generic that have a `__new__`, as pyrsistent has: GraalPy's `object.__new__` refuses them
(docs/graalpy-issues/GenericNew.java), unless a class of Python's comes first. So one does."""


class _Plain:
    __slots__ = ()


def change(typing):
    alias = typing._GenericAlias
    entries_there = alias.__mro_entries__

    def __mro_entries__(self, bases):
        entries = entries_there(self, bases)
        # Beside other bases there is no need, and Protocol and NamedTuple ask who they are.
        return (_Plain, *entries) if entries == (typing.Generic,) and len(bases) == 1 else entries

    alias.__mro_entries__ = __mro_entries__
