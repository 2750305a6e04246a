"""What Katydid offers to locustfiles beyond Locust's own API. See docs/java-from-a-locustfile.md."""
import _katydid
from _katydid_java import JavaException, is_java, as_python

__all__ = ["JavaException", "blocking"]


def blocking(function, *arguments):
    """Calls a Java method that waits, such as one that asks a database, and lets the other users run meanwhile.

    Lists, tuples and dicts among the arguments arrive as copies. An exception of Java becomes a JavaException.
    """
    try:
        return _katydid.blocking(_katydid._host.outside, function, arguments)
    except BaseException as error:
        if not is_java(error):
            raise
        failure = error
    # Outside of the handler: Java's exceptions have no traceback that ours could be chained to.
    raise as_python(failure)
