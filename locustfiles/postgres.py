"""PostgreSQL instead of a web server. psycopg2 comes with Katydid, nothing has to be installed; the server is named as
libpq's programs have it: PGHOST=db PGUSER=shop PGPASSWORD=... katydid -f postgres.py --headless -u 5 -t 30s
"""
import random

import psycopg2
from locust import User, constant, task


class Customer(User):
    wait_time = constant(0.5)

    def on_start(self):
        self.connection = psycopg2.connect("")
        self.connection.autocommit = True

    def on_stop(self):
        self.connection.close()

    def query(self, name, sql, *values):
        """Counts one statement as a request; what the server complains of makes it a failed one."""
        with self.environment.events.request.measure("SQL", name) as request:
            with self.connection.cursor() as cursor:
                cursor.execute(sql, values)
                rows = cursor.fetchall()
            request["response_length"] = len(rows)
        return rows

    @task(3)
    def count(self):
        self.query("count", "select count(*) from pg_class where relkind = %s", "r")

    @task
    def series(self):
        self.query("series", "select generate_series(1, %s)", random.randint(1, 10))
