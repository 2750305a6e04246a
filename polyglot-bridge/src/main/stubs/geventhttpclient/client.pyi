# Written by 'katydid stubs', which overwrites it.
from typing import Any

class HTTPClientPool:
    """Settings of a pool that users share in Locust; every user keeps connections of its own here."""

    concurrency: int
    settings: dict[str, Any]
    def __init__(self, concurrency: int = 10, **settings: Any) -> None: ...
