# Written by 'katydid stubs', which overwrites it.
from typing import Any

def check_for_deprecated_task_set_attribute(class_dict: dict[str, Any]) -> None:
    """Warns where a class still uses `task_set`."""
