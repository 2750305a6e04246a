"""The decorator of the package `retry`, as Locust's tests use it."""
import functools
import time


def retry(exceptions=Exception, tries=-1, delay=0, **_):
    def decorate(function):
        @functools.wraps(function)
        def call(*words, **named):
            left = tries
            while True:
                try:
                    return function(*words, **named)
                except exceptions:
                    left -= 1
                    if left == 0:
                        raise
                    time.sleep(delay)
        return call
    return decorate
