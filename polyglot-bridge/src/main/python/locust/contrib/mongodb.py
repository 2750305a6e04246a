"""Users of MongoDB; needs the package pymongo (python-api.md A12)."""
from pymongo import MongoClient

from locust import User, events


class MongoDBClient(MongoClient):
    """A client whose queries are reported to `locust.events`."""

    def __init__(self, conn_string, db_name):
        super().__init__(conn_string)
        self.db = self[db_name]

    def execute_query(self, collection_name, query):
        """Finds and fetches all documents; an error is reported, not raised."""
        with events.request.measure("MONGODB", "QUERY"):
            for _ in self.db[collection_name].find(query):
                pass


class MongoDBUser(User):
    """Set the class attributes conn_string and db_name."""

    abstract = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.client = MongoDBClient(conn_string=self.conn_string, db_name=self.db_name)

    def on_stop(self):
        self.client.close()
