"""Tries a call again."""
import _katydid
import _katydid_log as _log
from greenlet import GreenletExit


def retry(delays=(1, 3, 5), exception=Exception):
    """A decorator: after this exception the call is repeated, once after each of the delays (seconds)."""

    def decorate(function):
        def wrapper(*args, **kwargs):
            for delay in delays:
                try:
                    return function(*args, **kwargs)
                except exception as error:
                    _log.log(_log.INFO, "locust.util.exception_handler",
                             f"Exception found on retry: {error} - retry after {delay}s")
                    if _katydid.sleep(delay):
                        raise GreenletExit
            return function(*args, **kwargs)

        wrapper.__name__ = getattr(function, "__name__", "wrapper")
        wrapper.__doc__ = function.__doc__
        wrapper.__wrapped__ = function
        return wrapper

    return decorate
