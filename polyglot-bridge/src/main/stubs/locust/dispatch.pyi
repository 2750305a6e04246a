# Written by 'katydid stubs', which overwrites it.
from typing import Any

class UsersDispatcher:
    """What Environment(dispatcher_class=...) is given by default. Who runs how many users is decided in Java."""

    def __init__(self, worker_nodes: list[Any], user_classes: list[Any]) -> None: ...
