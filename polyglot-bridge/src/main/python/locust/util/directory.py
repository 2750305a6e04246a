"""Finds files below a folder."""
import os


def get_abspaths_in(path, extension=None):
    """The absolute paths of all files below a folder, those that start with `_` left out."""
    return [os.path.abspath(os.path.join(folder, name)) for folder, _, names in os.walk(path)
            for name in names if not name.startswith("_") and (extension is None or name.endswith(extension))]
