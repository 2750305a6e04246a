"""What Katydid offers to locustfiles beyond Locust's own API. See docs/java-from-a-locustfile.md."""
import _katydid

__all__ = ["blocking"]


def blocking(function, *arguments):
    """Calls a Java method that waits, such as one that asks a database, and lets the other users run meanwhile.

    Lists, tuples and dicts among the arguments arrive as copies. Java's exceptions come out as they are.
    """
    return _katydid.blocking(_katydid._host.outside, function, *arguments)
