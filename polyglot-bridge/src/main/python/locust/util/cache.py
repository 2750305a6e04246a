"""Remembers a function's result for a while."""
import time


def memoize(timeout, dynamic_timeout=False):
    """A decorator: the function runs again only after `timeout` seconds. With `dynamic_timeout` a slow function is kept
    for as long as it took, if that is longer. The cached function has `clear_cache()`."""

    def wrap(function):
        state = {"stamp": 0.0, "timeout": timeout, "value": None}

        def cached(*args, **kwargs):
            begun = time.time()
            if begun - state["stamp"] >= state["timeout"]:
                state["value"] = function(*args, **kwargs)
                if dynamic_timeout:
                    took = time.time() - begun
                    state["timeout"] = max(timeout, took)
                state["stamp"] = time.time()
            return state["value"]

        def clear_cache():
            state["stamp"] = 0.0

        cached.clear_cache = clear_cache
        cached.__name__ = getattr(function, "__name__", "cached")
        cached.__doc__ = function.__doc__
        cached.__wrapped__ = function
        return cached

    return wrap
