# Written by 'katydid stubs', which overwrites it.
from typing import Any

class Message:
    """A message's type, its data and the node it came from."""

    type: str
    data: Any
    node_id: str
    def __init__(self, message_type: str, data: Any, node_id: str) -> None: ...
