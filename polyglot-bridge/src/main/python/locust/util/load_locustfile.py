"""Loads a locustfile from Python."""
from .._loading import is_shape_class, is_user_class, load_file

__all__ = ["is_shape_class", "is_user_class", "load_locustfile", "load_locustfile_pytest"]


def load_locustfile(path):
    """({name: user class}, [shape instances]) of a file."""
    return load_file(path)


def load_locustfile_pytest(path):
    """{name: user class} of the test functions in a file that pytest would run."""
    from .._pytest_files import load_pytest_file
    return load_pytest_file(path)


def __getattr__(name):
    from .._other_names import of_module
    return of_module(__name__, name)
