"""Every user takes its own line of a data file; when all are taken it starts again.

    ./katydid -f locustfiles/csv_data.py -H http://127.0.0.1:8080
"""

import csv
import itertools
import pathlib

from locust import HttpUser, between, task

with open(pathlib.Path(__file__).with_name("accounts.csv"), newline="") as data:
    accounts = itertools.cycle(list(csv.DictReader(data)))


class Member(HttpUser):
    host = "http://127.0.0.1:8080"
    wait_time = between(0.5, 1.5)

    def on_start(self):
        self.account = next(accounts)
        self.client.post("/login", json=self.account, name="/login")

    @task
    def own_page(self):
        self.client.get(f"/members/{self.account['name']}", name="/members/[name]")
