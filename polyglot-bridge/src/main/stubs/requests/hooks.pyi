# Written by 'katydid stubs', which overwrites it.
from typing import Any

HOOKS: list[str]

def default_hooks() -> dict[str, list[Any]]: ...
def dispatch_hook(key: str, hooks: Any, hook_data: Any, **kwargs: Any) -> Any:
    """Calls the hooks of an event; what one returns (other than None) replaces the data for the next."""
