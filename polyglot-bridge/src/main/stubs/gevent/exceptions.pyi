# Written by 'katydid stubs', which overwrites it.
class LoopExit(Exception):
    """Nothing could ever wake the waiting greenlets (never raised here)."""

class BlockingSwitchOutError(AssertionError):
    """Blocking where it is not allowed."""

class InvalidSwitchError(AssertionError):
    """A switch to the wrong greenlet."""

class ConcurrentObjectUseError(AssertionError):
    """Two greenlets wait for one object that allows only one."""

class InvalidThreadUseError(RuntimeError):
    """An object of another thread."""

class HubDestroyed(GeneratorExit):
    """The hub is gone."""
