# Written by 'katydid stubs', which overwrites it.
from typing import Any, Callable, TypeVar

from .env import Environment

_F = TypeVar("_F", bound=Callable[..., Any])

HOST_IS_REQUIRED: bool
DEFAULT_CACHE_TIME: float
app: Any
"""The web UI's application under its place of 0.x. Use environment.web_ui.app."""

class WebUI:
    """The door of the web UI: `app` takes routes, `template_args` and `auth_args` reach the pages."""

    environment: Environment
    host: str
    port: int
    web_base_path: str
    web_login: bool
    tls_cert: str | None
    tls_key: str | None
    stats_csv_writer: Any
    userclass_picker_is_active: bool
    build_path: str | None
    template_args: dict[str, Any]
    auth_args: dict[str, Any]

    def __init__(
        self, environment: Environment, host: str = "", port: int = 8089, web_base_path: str | None = None,
        web_login: bool = False, tls_cert: str | None = None, tls_key: str | None = None, stats_csv_writer: Any = None,
        delayed_start: bool = False, userclass_picker_is_active: bool = False,
        build_path: str | None = None) -> None: ...
    @property
    def app(self) -> Any:
        """A Flask application for routes of your own: `@web_ui.app.route("/my-page")`."""
    @property
    def login_manager(self) -> Any:
        """flask_login's manager; only with --web-login."""
    def update_template_args(self) -> None: ...
    def auth_required_if_enabled(self, view: _F) -> _F:
        """A route that wants a login when `--web-login` is on."""
    def start(self) -> None:
        """Starts the server of a program; that of a locustfile is started by the command line."""
    def stop(self) -> None:
        """Stops the server of a program; that of a locustfile stops with it."""
