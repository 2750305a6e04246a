# Written by 'katydid stubs', which overwrites it.
from typing import Any

class HTTPClientPool:
    """Connections that several users share: to one server `concurrency` of them; requests for which there is none wait."""

    concurrency: int
    settings: dict[str, Any]
    def __init__(self, concurrency: int = 10, **settings: Any) -> None: ...
    def close(self) -> None:
        """Closes the idle connections."""
