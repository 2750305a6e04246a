"""Messages between master and workers; they are sent and read in Java."""
from .protocol import Message

__all__ = ["Message"]
