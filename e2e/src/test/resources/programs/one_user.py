"""run_single_user: one user in the main thread, with options of its own."""
import sys

from locust import HttpUser, constant, events, run_single_user, tag, task
from locust.exception import StopUser


@events.init_command_line_parser.add_listener
def options(parser):
    parser.add_argument("--greeting", default="hello")


@events.init.add_listener
def init(environment, runner, web_ui, **kwargs):
    print("init", runner, web_ui, environment.locustfile)


@events.test_start.add_listener
def test_start(environment, **kwargs):
    print("test_start", environment.parsed_options.greeting, environment.parsed_options.num_users)


class Visitor(HttpUser):
    wait_time = constant(0)
    rounds = 0

    def on_start(self):
        print("on_start", self.environment.single_user_instance if self.rounds else "")

    @tag("seen")
    @task
    def round(self):
        self.client.get("/json", name="a name")
        self.client.post("/fail", json={"a": 1})
        with self.client.get("/ok", catch_response=True) as response:
            response.failure("two\nlines")
        self.rounds += 1
        if self.rounds == 2:
            raise StopUser()

    @tag("unseen")
    @task(100)
    def never(self):
        self.client.get("/missing")

    def on_stop(self):
        print("on_stop", self.rounds)


if __name__ == "__main__":
    run_single_user(Visitor, include_length=True, include_context=True)
    print("done", sys.argv[1:3], __name__)
