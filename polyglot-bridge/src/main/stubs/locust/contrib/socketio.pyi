# Written by 'katydid stubs', which overwrites it.
from typing import Any

from socketio import Client  # type: ignore

from ..event import EventHook
from ..user.users import User

class SocketIOClient(Client):  # type: ignore
    """A Socket.IO client that reports connecting, sending, calling and what comes in."""

    request_event: EventHook
    def __init__(self, request_event: EventHook, *args: Any, **kwargs: Any) -> None: ...
    def connect(self, *args: Any, **kwargs: Any) -> None: ...
    def send(self, data: Any, namespace: str | None = None, callback: Any = None, name: str = "Unnamed") -> None: ...
    def emit(self, event: str, data: Any = None, namespace: str | None = None, callback: Any = None) -> None: ...
    def call(self, event: str, data: Any = None, *args: Any, **kwargs: Any) -> Any:
        """Emits and waits for the answer."""
    def on_message(self, event: str, data: Any) -> None:
        """Called for every event that comes in: reports it. To be overridden for more, or called from there."""

class SocketIOUser(User):
    """`sio` is a SocketIOClient made with the class attribute `options`; needs python-socketio[client]."""

    options: dict[str, Any]
    sio: SocketIOClient
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
