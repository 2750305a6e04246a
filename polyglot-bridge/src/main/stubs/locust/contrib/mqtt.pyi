# Written by 'katydid stubs', which overwrites it.
from typing import Any, NamedTuple

from paho.mqtt.client import Client  # type: ignore

from ..env import Environment
from ..user.users import User

SUBACK_FAILURE: int
REQUEST_TYPE: str

class PublishedMessageContext(NamedTuple):
    """A message that the broker has not confirmed yet."""

    qos: int
    topic: str
    start_time: float
    payload_size: int

class MqttClient(Client):  # type: ignore
    """paho's client; connecting, disconnecting, publishing and subscribing are reported when the broker answers."""

    environment: Environment
    def __init__(
        self, *args: Any, environment: Environment, client_id: str | None = None, protocol: Any = ...,
        use_loop_selectors: bool = False, **kwargs: Any) -> None: ...
    def publish(
        self, topic: str, payload: Any = None, qos: int = 0, retain: bool = False, properties: Any = None) -> Any: ...
    def subscribe(self, topic: Any, qos: int = 0, options: Any = None, properties: Any = None) -> Any: ...

class MqttUser(User):
    """Connects when it is created; `client` is made of client_cls. Needs the package paho-mqtt, version 2."""

    port: int
    transport: str
    ws_path: str
    tls_context: Any
    client_cls: type[MqttClient]
    client_id: str | None
    username: str | None
    password: str | None
    protocol: Any
    use_loop_selectors: bool
    client: MqttClient
    def __init__(self, environment: Environment) -> None: ...
