# Written by 'katydid stubs', which overwrites it.
from typing import Any

from pymongo import MongoClient  # type: ignore

from ..user.users import User

class MongoDBClient(MongoClient):  # type: ignore
    """A client whose queries are reported to `locust.events`."""

    db: Any
    def __init__(self, conn_string: str, db_name: str) -> None: ...
    def execute_query(self, collection_name: str, query: Any) -> None:
        """Finds and fetches all documents; an error is reported, not raised."""

class MongoDBUser(User):
    """Set the class attributes conn_string and db_name; needs the package pymongo."""

    conn_string: str
    db_name: str
    client: MongoDBClient
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
