"""Locust's own PostgresUser."""
import os

from locust import constant, task
from locust.contrib.postgres import PostgresUser


class Shop(PostgresUser):
    conn_string = f"postgresql://{os.environ['PGUSER']}@{os.environ['PGHOST']}:{os.environ['PGPORT']}/postgres"
    wait_time = constant(0.2)

    @task
    def read(self):
        self.client.execute_query("select 1")
