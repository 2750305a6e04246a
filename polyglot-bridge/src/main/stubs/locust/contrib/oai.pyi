# Written by 'katydid stubs', which overwrites it.
from contextlib import AbstractContextManager
from typing import Any

from openai import OpenAI  # type: ignore

from ..event import EventHook
from ..user.users import User

class OpenAIClient(OpenAI):  # type: ignore
    """The package's own client; every exchange is reported, with the number of output tokens as its length."""

    request_name: str | None
    def __init__(self, request_event: EventHook, user: User, *args: Any, **kwargs: Any) -> None: ...
    def rename_request(self, name: str) -> AbstractContextManager[None]:
        """Requests in the block are reported under this name."""

class OpenAIUser(User):
    """`client` is an OpenAIClient; needs the package openai and OPENAI_API_KEY in the environment."""

    client: OpenAIClient
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
