# Written by 'katydid stubs', which overwrites it.
from typing import Any

def type(name: str) -> Any:
    """A class of Java by its full name: `java.type("java.util.UUID")`."""

def instanceof(object: Any, cls: Any) -> bool:
    """Whether an object is of a class of Java."""

def add_to_classpath(*paths: str) -> None:
    """Makes the classes of jars known. Those in `lib` beside the locustfile are already."""

# java.util.UUID and the like.
def __getattr__(name: str) -> Any: ...
