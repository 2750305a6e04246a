"""Users of DNS servers; needs the package dnspython (python-api.md A12)."""
import dns.query

from locust import User
from locust.exception import LocustError


class DNSClient:
    """Has the functions of dns.query (udp, tcp, https, tls, ...), each with the further argument `name` for reports."""

    def __init__(self, request_event):
        self.request_event = request_event

    def __getattr__(self, protocol):
        function = getattr(dns.query, protocol)

        def ask(message, *args, name=None, **kwargs):
            answers = []
            shown = name or f"{protocol} {message.question[0].name}"
            with self.request_event.measure("DNS", shown) as request:
                answer = function(message, *args, **kwargs)
                answers.append(answer)
                request["response"] = answer
                if not answer.answer:
                    raise LocustError("No answer in DNS response")
            return answers[0] if answers else None

        return ask


class DNSUser(User):
    """`client` asks DNS servers."""

    abstract = True

    def __init__(self, environment):
        super().__init__(environment)
        self.client = DNSClient(environment.events.request)
