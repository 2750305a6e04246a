# Written by 'katydid stubs', which overwrites it.
def get_abspaths_in(path: str, extension: str | None = None) -> list[str]:
    """The absolute paths of all files below a folder, those that start with `_` left out."""
