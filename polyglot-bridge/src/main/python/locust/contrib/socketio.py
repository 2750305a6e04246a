"""Users of Socket.IO servers; needs the package python-socketio[client] (python-api.md A12)."""
import socketio

from locust import User


class SocketIOClient(socketio.Client):
    """A Socket.IO client that reports connecting, sending, calling and what comes in."""

    def __init__(self, request_event, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.request_event = request_event
        # The base's call() goes through emit(), which must not report it a second time.
        self._calling = False

    def _report(self, kind, name, data, action):
        """Reports an action with its duration; its error is reported and raised."""
        outcome = {}
        with self.request_event.measure(kind, name, len(data or ())):
            try:
                outcome["value"] = action()
            except Exception as error:
                outcome["error"] = error
                raise
        if "error" in outcome:
            raise outcome["error"]
        return outcome["value"]

    def connect(self, *args, **kwargs):
        base = super()
        self._report("WS", "connect", None, lambda: base.connect(*args, **kwargs))

    def send(self, data, namespace=None, callback=None, name="Unnamed"):
        base = super()
        self._report("WSS", name, data,
                     lambda: base.emit("message", data=data, namespace=namespace, callback=callback))

    def emit(self, event, data=None, namespace=None, callback=None):
        base = super()
        if self._calling:
            base.emit(event, data=data, namespace=namespace, callback=callback)
            return
        self._report("WSE", str(event), data,
                     lambda: base.emit(event, data=data, namespace=namespace, callback=callback))

    def call(self, event, data=None, *args, **kwargs):
        """Emits and waits for the answer."""
        base = super()
        self._calling = True
        try:
            return self._report("WSC", str(event), data, lambda: base.call(event, data, *args, **kwargs))
        finally:
            self._calling = False

    def on_message(self, event, data):
        """Called for every event that comes in: reports it. To be overridden for more, or called from there."""
        self.request_event.fire(
            request_type="WSR", name=event, response_time=None, response_length=len(data or ()), exception=None,
            context={})


class SocketIOUser(User):
    """`sio` is a SocketIOClient made with the class attribute `options`."""

    abstract = True
    options = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.sio = SocketIOClient(self.environment.events.request, **self.options)
        self.sio.on("*", self.sio.on_message)
