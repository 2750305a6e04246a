"""The API of the requests package on Katydid's HTTP client: no statistics, the same connections and rules as
`self.client`."""
from . import exceptions
from .__version__ import __build__, __description__, __license__, __title__, __url__, __version__
from .api import delete, get, head, options, patch, post, put, request
from .exceptions import (ConnectionError, ConnectTimeout, FileModeWarning, HTTPError, JSONDecodeError, ReadTimeout,
                         RequestException, Timeout, TooManyRedirects, URLRequired)
from .models import PreparedRequest, Request, Response
from .sessions import Session, session
from .status_codes import codes

_MODULES = ("adapters", "api", "auth", "certs", "compat", "cookies", "hooks", "models", "packages", "sessions",
            "status_codes", "structures", "utils")


def __getattr__(name):
    if name in _MODULES or name == "urllib3":
        import importlib
        return importlib.import_module("urllib3" if name == "urllib3" else "requests." + name)
    raise AttributeError(f"module 'requests' has no attribute '{name}'")
