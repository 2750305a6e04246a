# Written by 'katydid stubs', which overwrites it.
from ..env import Environment

CSV_COLUMNS: tuple[str, ...]

class CsvRequestLogger:
    """register(environment) opens the file; it is flushed every `flush_interval` seconds and closed at the end."""

    filepath: str
    flush_interval: float
    def __init__(self, filepath: str, *, flush_interval: float = 1) -> None: ...
    def register(self, environment: Environment) -> None:
        """Opens the file, writes its header and listens to the requests from now on."""
    def close(self) -> None:
        """Closes the file; later requests are not written."""
