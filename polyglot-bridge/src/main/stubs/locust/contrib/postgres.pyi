# Written by 'katydid stubs', which overwrites it.
from typing import Any

from ..user.users import User

class PostgresClient:
    """A connection whose statements are reported to `locust.events`."""

    connection: Any
    def __init__(self, conn_string: str) -> None: ...
    def execute_query(self, query: Any) -> None:
        """Runs a statement; an error is reported, not raised."""
    def close(self) -> None: ...

class PostgresUser(User):
    """Set the class attribute conn_string; needs the package psycopg."""

    conn_string: str
    client: PostgresClient
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
