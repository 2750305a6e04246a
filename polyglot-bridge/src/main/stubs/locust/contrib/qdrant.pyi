# Written by 'katydid stubs', which overwrites it.
from typing import Any, Callable

from ..env import Environment
from ..user.users import User

def timed(action: Callable[[], Any]) -> dict[str, Any]:
    """{"success", "response_time" in ms, "result" or "exception"} of a call."""

class QdrantLocustClient:
    """One collection; each method returns how it went and how long it took."""

    collection_name: str
    client: Any
    def __init__(
        self, url: str, collection_name: str, api_key: str | None = None, timeout: int = 60, **kwargs: Any) -> None: ...
    def close(self) -> None: ...
    def create_collection(self, vectors_config: Any, **kwargs: Any) -> None:
        """Creates the collection unless it is there."""
    def upsert(self, points: Any) -> dict[str, Any]: ...
    def search(
        self, query: Any, limit: int = 10, query_filter: Any = None, search_params: Any = None,
        with_payload: Any = True) -> dict[str, Any]: ...
    def scroll(self, scroll_filter: Any = None, limit: int = 10, with_payload: Any = True) -> dict[str, Any]: ...
    def delete(self, points_selector: Any) -> dict[str, Any]: ...

class QdrantUser(User):
    """Set the class attributes; every call is reported to `locust.events` as type `qdrant`. Needs qdrant-client."""

    url: str
    api_key: str | None
    collection_name: str | None
    timeout: int
    vectors_config: Any
    client_kwargs: dict[str, Any] | None
    collection_kwargs: dict[str, Any] | None
    client_type: str
    client: QdrantLocustClient
    def __init__(self, environment: Environment) -> None: ...
    def upsert(self, points: Any) -> dict[str, Any]: ...
    def search(
        self, query: Any, limit: int = 10, query_filter: Any = None, search_params: Any = None,
        with_payload: Any = True) -> dict[str, Any]: ...
    def scroll(self, scroll_filter: Any = None, limit: int = 10, with_payload: Any = True) -> dict[str, Any]: ...
    def delete(self, points_selector: Any) -> dict[str, Any]: ...
