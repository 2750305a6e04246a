"""Loads a locustfile from Python."""
from .._loading import is_shape_class, is_user_class, load_file

__all__ = ["is_shape_class", "is_user_class", "load_locustfile"]


def load_locustfile(path):
    """({name: user class}, [shape instances]) of a file."""
    return load_file(path)
