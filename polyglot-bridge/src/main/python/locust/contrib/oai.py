"""Users of OpenAI's API; needs the package openai and OPENAI_API_KEY in the environment (python-api.md A12)."""
import os
import time
from contextlib import contextmanager

import httpx
from openai import OpenAI

from locust import User

if not os.getenv("OPENAI_API_KEY"):
    raise ImportError("Set the environment variable OPENAI_API_KEY to use locust.contrib.oai.")


class OpenAIClient(OpenAI):
    """The package's own client; every exchange is reported, with the number of output tokens as its length."""

    def __init__(self, request_event, user, *args, **kwargs):
        self.request_name = None
        begun = {}

        def before(request):
            begun[id(request)] = time.time(), time.perf_counter()

        def after(response):
            response.read()
            start_time, counter = begun.pop(id(response.request), (time.time(), time.perf_counter()))
            failure = None
            if response.is_error:
                failure = httpx.HTTPStatusError(
                    f"HTTP status {response.status_code}", request=response.request, response=response)
            request_event.fire(
                request_type=response.request.method, name=self.request_name or response.url.path,
                start_time=start_time, response_time=(time.perf_counter() - counter) * 1000,
                response_length=_output_tokens(response), response=response, context=user.context(), exception=failure)

        super().__init__(*args, **kwargs, http_client=httpx.Client(
            event_hooks={"request": [before], "response": [after]}))

    @contextmanager
    def rename_request(self, name):
        """Requests in the block are reported under this name."""
        self.request_name = name
        try:
            yield
        finally:
            self.request_name = None


def _output_tokens(response):
    try:
        return response.json().get("usage", {}).get("output_tokens", 0)
    except ValueError:
        return 0


class OpenAIUser(User):
    """`client` is an OpenAIClient."""

    abstract = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.client = OpenAIClient(self.environment.events.request, user=self)
