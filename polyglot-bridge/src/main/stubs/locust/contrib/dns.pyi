# Written by 'katydid stubs', which overwrites it.
from typing import Any

from ..env import Environment
from ..event import EventHook
from ..user.users import User

class DNSClient:
    """Has the functions of dns.query (udp, tcp, https, tls, ...), each with the further argument `name` for reports."""

    request_event: EventHook
    def __init__(self, request_event: EventHook) -> None: ...
    def __getattr__(self, protocol: str) -> Any: ...

class DNSUser(User):
    """`client` asks DNS servers; needs the package dnspython."""

    client: DNSClient
    def __init__(self, environment: Environment) -> None: ...
