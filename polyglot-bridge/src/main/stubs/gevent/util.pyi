# Written by 'katydid stubs', which overwrites it.
from typing import Any, Callable

def wrap_errors(
    errors: type[BaseException] | tuple[type[BaseException], ...], function: Callable[..., Any]) -> Callable[..., Any]:
    """A function that returns the exception instead of raising it, if it is one of `errors`."""
