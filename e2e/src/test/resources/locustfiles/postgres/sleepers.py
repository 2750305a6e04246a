"""Users that wait in the server for SECONDS, and one that never does."""
import os

import psycopg2
from locust import User, constant, task

SECONDS = float(os.environ["SECONDS"])


class Sleeper(User):
    def on_start(self):
        self.connection = psycopg2.connect("")
        self.connection.autocommit = True

    def on_stop(self):
        # The connection is still of use to a user that was killed.
        with self.connection.cursor() as cursor:
            cursor.execute("select 1")
            print("after the end", cursor.fetchone())

    @task
    def sleep(self):
        with self.environment.events.request.measure("SQL", "sleep"):
            self.connection.cursor().execute("select pg_sleep(%s)", (SECONDS,))


class Ticker(User):
    fixed_count = 1
    wait_time = constant(0.1)

    @task
    def tick(self):
        with self.environment.events.request.measure("PY", "tick"):
            pass
