# Written by 'katydid stubs', which overwrites it.
from .protocol import Message as Message

__all__ = ["Message"]
