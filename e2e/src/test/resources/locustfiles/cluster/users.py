"""Users of a cluster test. Every path ends with the tenant (an option the master gives) and the index of the worker, so
that the target's counts can be compared worker by worker."""
from locust import HttpUser, constant, events, task


@events.init_command_line_parser.add_listener
def add_options(parser):
    parser.add_argument("--tenant", default="nobody")


class Caller(HttpUser):
    abstract = True
    wait_time = constant(0.1)

    @property
    def place(self):
        environment = self.environment
        return "/%s/%d" % (environment.parsed_options.tenant, environment.runner.worker_index)


class Reader(Caller):
    weight = 2

    @task(4)
    def read(self):
        self.client.get("/ok" + self.place)

    @task(1)
    def fail(self):
        self.client.get("/fail" + self.place)


class Writer(Caller):
    weight = 1

    @task(2)
    def write(self):
        self.client.post("/echo" + self.place, data="text")

    @task(1)
    def raise_after_counting(self):
        self.client.get("/json" + self.place)
        raise ValueError("a mistake in the locustfile")
