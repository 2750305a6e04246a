"""Testing something other than HTTP: an own client that reports its calls with events.request.fire.

This one asks a TCP service that answers a line with a line.

    ./katydid -f locustfiles/custom_client.py -H 127.0.0.1:7007 --headless -u 5 -t 30s
"""

import socket
import time

from locust import User, constant, task


class LineClient:
    def __init__(self, address, request_event):
        host, port = address.rsplit(":", 1)
        self.address = (host, int(port))
        self.request_event = request_event

    def ask(self, line):
        started = time.perf_counter()
        answer, error = "", None
        try:
            with socket.create_connection(self.address, timeout=5) as connection:
                connection.sendall(line.encode() + b"\n")
                answer = connection.makefile(encoding="utf-8").readline()
        except OSError as e:
            error = e
        self.request_event.fire(
            request_type="LINE",
            name=line.split()[0],
            response_time=(time.perf_counter() - started) * 1000,
            response_length=len(answer),
            response=answer,
            context={},
            exception=error,
        )
        return answer


class LineUser(User):
    host = "127.0.0.1:7007"
    wait_time = constant(1)

    def __init__(self, environment):
        super().__init__(environment)
        self.client = LineClient(self.host, environment.events.request)

    @task
    def greet(self):
        self.client.ask("hello katydid")
