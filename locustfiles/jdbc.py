"""A database instead of a web server, through Java's JDBC: put the jar of a driver into a folder lib beside this file, for
example H2's (com.h2database:h2 of Maven Central), then: katydid -f jdbc.py --headless -u 5 -t 30s
"""
import os

import java
from katydid import blocking
from locust import User, constant, task

DriverManager = java.type("java.sql.DriverManager")
URL = os.getenv("JDBC_URL", "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1")


class Customer(User):
    wait_time = constant(0.5)

    def on_start(self):
        self.connection = blocking(DriverManager.getConnection, URL, "sa", "")
        self.query("create table", "create table if not exists item (id int, name varchar(40))")

    def on_stop(self):
        self.connection.close()

    def query(self, name, sql, *values):
        """Counts one statement as a request; what the database complains of makes it a failed one."""
        with self.environment.events.request.measure("SQL", name):
            statement = self.connection.prepareStatement(sql)
            for place, value in enumerate(values, 1):
                statement.setObject(place, value)
            blocking(statement.execute)
            statement.close()

    @task(3)
    def read(self):
        self.query("read", "select count(*) from item where id < ?", 100)

    @task
    def write(self):
        self.query("write", "insert into item values (?, ?)", 1, "apple")
