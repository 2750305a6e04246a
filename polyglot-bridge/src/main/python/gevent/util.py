"""Helpers that locustfiles import."""


def wrap_errors(errors, function):
    """A function that returns the exception instead of raising it, if it is one of `errors`."""

    def wrapper(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except errors as error:
            return error

    wrapper.__wrapped__ = function
    return wrapper
