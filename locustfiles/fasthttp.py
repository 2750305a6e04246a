"""FastHttpUser: the same requests with less work per request.

    ./katydid -f locustfiles/fasthttp.py -H http://127.0.0.1:8080 --headless -u 50 -r 50 -t 30s
"""

from locust import FastHttpUser, constant_throughput, task


class Api(FastHttpUser):
    host = "http://127.0.0.1:8080"
    wait_time = constant_throughput(10)
    connection_timeout = 5.0
    network_timeout = 10.0

    @task
    def ask(self):
        # The body is read as JSON; anything else counts as a failure.
        with self.rest("GET", "/api/status") as response:
            if response.js is not None and response.js.get("status") != "ok":
                response.failure(f"status is {response.js.get('status')}")
