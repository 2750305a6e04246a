"""Users of PostgreSQL (python-api.md A12). Locust takes the package psycopg; here it is psycopg2, which Katydid brings and
which has what is used of it."""
try:
    import psycopg
except ImportError:
    import psycopg2 as psycopg

from locust import User, events


class PostgresClient:
    """A connection whose statements are reported to `locust.events`."""

    def __init__(self, conn_string):
        self.connection = psycopg.connect(conn_string)

    def execute_query(self, query):
        """Runs a statement; an error is reported, not raised."""
        with events.request.measure("postgres_failure", "execute_query") as request:
            self.connection.cursor().execute(query)
            request["request_type"] = "postgres_success"

    def close(self):
        self.connection.close()


class PostgresUser(User):
    """Set the class attribute conn_string."""

    abstract = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.client = PostgresClient(conn_string=self.conn_string)

    def on_stop(self):
        self.client.close()
