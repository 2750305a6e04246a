"""The fixtures `session` and `fastsession`: a client of the user that runs the test function, or, when pytest itself runs
it, one for the host given with `--host` that reports to nobody."""
import pytest


class _Unreported:
    """Stands in for the request event where there is no run."""

    def fire(self, *, reverse=False, **kwargs):
        """Nobody listens."""


_configs = []


def pytest_configure(config):
    _configs[:] = [config]


def pytest_addoption(parser):
    try:
        parser.addoption("--host", "-H", action="store", default=None, help="what the addresses of requests begin with")
    except ValueError as error:
        # Another plugin has the same option.
        if "already added" not in str(error):
            raise


def _settings(user):
    if user is None:
        return {"base_url": _configs[-1].getoption("--host"), "request_event": _Unreported(), "user": None}
    return {"base_url": user.host, "request_event": user.environment.events.request, "user": user}


@pytest.fixture
def session(user=None):
    """As HttpUser.client."""
    from locust.clients import HttpSession
    client = HttpSession(**_settings(user))
    yield client
    client.close()


@pytest.fixture
def fastsession(user=None):
    """As FastHttpUser.client."""
    from locust.contrib.fasthttp import FastHttpSession
    yield FastHttpSession(**_settings(user))
