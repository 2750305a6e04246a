# Written by 'katydid stubs', which overwrites it.
from typing import Any

from typing_extensions import Self

class Timeout:
    """Seconds for connecting and for each read; None waits for ever."""

    DEFAULT_TIMEOUT: Any
    total: float | None
    def __init__(
        self, total: float | None = None, connect: float | None = None, read: float | None = None) -> None: ...
    @property
    def connect_timeout(self) -> float | None: ...
    @property
    def read_timeout(self) -> float | None: ...
    @classmethod
    def from_float(cls, timeout: float | None) -> Self: ...
    def clone(self) -> Self: ...
