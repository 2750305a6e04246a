# Written by 'katydid stubs', which overwrites it.
from typing import Any, Callable

class JavaException(Exception):
    """An exception of Java that the locustfile did not catch; `java` is the original."""

    name: str
    message: str | None
    java: Any
    def __init__(self, name: str, message: str | None, java: Any) -> None: ...

def blocking(function: Callable[..., Any], *arguments: Any) -> Any:
    """Calls a Java method that waits, such as one that asks a database, and lets the other users run meanwhile.

    Lists, tuples and dicts among the arguments arrive as copies. An exception of Java becomes a JavaException.
    """

__all__ = ["JavaException", "blocking"]
