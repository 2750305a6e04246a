"""Java's exceptions in Python. They can be caught by their class, but are a BaseException without traceback, and no Exception:
what handles any error of a task turns them into one first."""


class JavaException(Exception):
    """An exception of Java that the locustfile did not catch; `java` is the original."""

    def __init__(self, name, message, java):
        super().__init__(f"{name}: {message}" if message else name)
        self.name = name
        self.message = message
        self.java = java

    def __repr__(self):
        return f"{self.name.rsplit('.', 1)[-1]}({self.message or ''!r})"


JavaException.__module__ = "katydid"


def is_java(error):
    """Whether this is an exception of Java."""
    return not isinstance(error, (Exception, str)) and hasattr(error, "getStackTrace")


def as_python(error):
    """An exception of Java as one of Python, which begins where this is called; others as they are."""
    if not is_java(error):
        return error
    return JavaException(str(error.getClass().getName()), _text(error.getMessage()), error)


def _text(value):
    return "" if value is None else str(value)
