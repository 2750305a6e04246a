# Written by 'katydid stubs', which overwrites it.
from typing import Any

class LocustError(Exception):
    """Base of Locust's own errors."""

class ResponseError(Exception):
    """Raised inside a catch_response block: the request is a failure and the block ends quietly."""

class CatchResponseError(Exception):
    """What failure("text") turns the text into."""

class MissingWaitTimeError(LocustError):
    """Neither the user nor the task set says how long to wait."""

class InterruptTaskSet(Exception):
    """Ends the task set; the parent goes on at once (reschedule) or after its wait."""

    reschedule: bool
    def __init__(self, reschedule: bool = True) -> None: ...

class StopUser(Exception):
    """Ends this user."""

class StopTest(Exception):
    """Ends the whole test."""

class RescheduleTask(Exception):
    """Gives up the task: the next one comes after the wait."""

class RescheduleTaskImmediately(Exception):
    """Gives up the task: the next one comes without a wait."""

class RPCError(Exception):
    """A message between master and worker could not be sent or read."""

class RPCSendError(Exception):
    """A message could not be sent."""

class RPCReceiveError(Exception):
    """A message could not be read; addr is the sender."""

    addr: Any
    def __init__(self, *args: object, addr: Any = None) -> None: ...

class AuthCredentialsError(ValueError):
    """Bad credentials for the web UI."""

class RunnerAlreadyExistsError(Exception):
    """An environment has one runner only."""

StopLocust = StopUser
