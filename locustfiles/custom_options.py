"""Options of one's own, on the command line, in the environment and in the web form; and a verdict at the end.

    ./katydid -f locustfiles/custom_options.py --tenant blue --max-failures 0.05 --headless -u 5 -t 30s
"""

from locust import HttpUser, constant, events, task


@events.init_command_line_parser.add_listener
def add_options(parser):
    parser.add_argument("--tenant", env_var="TENANT", default="green", choices=["green", "blue"], help="Whose data")
    parser.add_argument("--api-key", default="", is_secret=True, help="Key for the API")
    parser.add_argument("--max-failures", type=float, default=0.01, include_in_web_ui=False, help="Share allowed to fail")


@events.quitting.add_listener
def verdict(environment, **kwargs):
    share = environment.stats.total.fail_ratio
    if share > environment.parsed_options.max_failures:
        print(f"Too many failures: {share:.1%}")
        environment.process_exit_code = 3
    else:
        environment.process_exit_code = 0


class Tenant(HttpUser):
    host = "http://127.0.0.1:8080"
    wait_time = constant(1)

    def on_start(self):
        options = self.environment.parsed_options
        self.client.headers.update({"X-Tenant": options.tenant, "X-Api-Key": options.api_key})

    @task
    def start_page(self):
        self.client.get("/")
