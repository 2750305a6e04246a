"""`environment.web_ui`: what a locustfile may add to the web UI. The web UI itself is Java, which asks here for the
script's routes, template arguments and login form. Plain data goes in and out."""
import _katydid
import _katydid_log as _log

HOST_IS_REQUIRED = False
DEFAULT_CACHE_TIME = 2.0

# What url_for() knows besides the script's own routes.
_BUILT_IN = {"index": "/", "login": "/login", "swarm": "/swarm", "stop": "/stop", "reset_stats": "/stats/reset",
             "stats_report": "/stats/report", "request_stats": "/stats/requests", "exceptions": "/exceptions",
             "tasks": "/tasks"}


class WebUI:
    """The door of the web UI: `app` takes routes, `template_args` and `auth_args` reach the pages."""

    def __init__(self, environment, host="", port=8089, web_base_path=None, web_login=False, tls_cert=None,
                 tls_key=None, stats_csv_writer=None, delayed_start=False, userclass_picker_is_active=False,
                 build_path=None):
        environment.web_ui = self
        self.environment = environment
        self.host = host
        self.port = port
        self.web_base_path = web_base_path or ""
        self.web_login = web_login
        self.tls_cert = tls_cert
        self.tls_key = tls_key
        self.stats_csv_writer = stats_csv_writer
        self.userclass_picker_is_active = userclass_picker_is_active
        self.build_path = build_path
        self.template_args = {}
        self.auth_args = {}
        self._app = None
        self._login_manager = None
        if "app" in globals():
            self._take(app)

    @property
    def app(self):
        """Made when it is first asked for: most locustfiles add nothing."""
        if self._app is None:
            from flask import Flask
            self._take(Flask("locust"))
        return self._app

    def _take(self, flask):
        self._app = flask
        for name, path in _BUILT_IN.items():
            flask.known_paths[name] = flask.known_paths["locust." + name] = self.web_base_path + path

    @property
    def login_manager(self):
        if not self.web_login:
            raise AttributeError("The login_manager is only available with --web-login.\n")
        if self._login_manager is None:
            from flask_login import LoginManager
            self._login_manager = LoginManager()
            self._login_manager.login_view = self.web_base_path + "/login"
        return self._login_manager

    def update_template_args(self):
        """The page's own arguments are added by the server."""

    def auth_required_if_enabled(self, view):
        """A route that wants a login when `--web-login` is on."""
        if not self.web_login:
            return view
        from flask import redirect, request, session

        def guarded(*args, **kwargs):
            if session.get("_user_id") is None:
                from urllib.parse import quote
                return redirect(self.web_base_path + "/login?next=" + quote(request.path, safe=""))
            return view(*args, **kwargs)
        guarded.__name__ = view.__name__
        return guarded

    def start(self):
        """Starts the server of a program; that of a locustfile is started by the command line."""
        if _katydid.library() is not None:
            from ._library import start_web
            self.port = start_web(self)

    def stop(self):
        """Stops the server of a program; that of a locustfile stops with it."""
        if _katydid.library() is not None:
            from ._library import stop_web
            stop_web()


def _ui():
    from . import _runtime
    environment = _runtime.environment()
    return None if environment is None else environment.web_ui


def _reply(response, session):
    return [response.status_code, [[name, value] for name, value in response.headers.items()], response.get_data(),
            dict(session) if session.changed else None, response.index_args]


def _request(method, path, query, headers, body, remote_address):
    from flask import Request

    from ._runtime import plain
    return Request(method, path, query, plain(headers), body.encode("latin-1"), remote_address)


def _session(values):
    from flask._context import Session

    from ._runtime import plain
    return Session(plain(values))


def route(method, path, query, headers, body, remote_address, session):
    """Answers a request that no built-in route knows; None if the script has no route for it either."""
    ui = _ui()
    if ui is None or ui._app is None:
        return None
    _katydid.enter_thread()
    kept = _session(session)
    try:
        response = ui.app.handle(_request(method, path, query, headers, body, remote_address), kept)
    except Exception as error:
        shown = path[:300].encode("unicode_escape").decode() if not path.isprintable() else path[:300]
        _log.log(_log.ERROR, "locust.web", f"UI got request for {method} {shown}, but it resulted in a 500: "
                 f"{type(error).__name__}\n{_log.traceback_text(error)}")
        from flask import Response, escape
        response = Response(str(escape(error)), 500)
    return None if response is None else _reply(response, kept)


def after(method, path, query, headers, body, remote_address, session, status, fields, content):
    """Lets after_request functions see and change the answer of a built-in route."""
    _katydid.enter_thread()
    from flask import Response

    from ._runtime import plain
    kept = _session(session)
    response = Response(content.encode("latin-1"), status, [tuple(field) for field in plain(fields)])
    changed = _ui().app.after(_request(method, path, query, headers, body, remote_address), response, kept)
    return _reply(changed, kept)


def watches_replies():
    ui = _ui()
    return ui is not None and ui._app is not None and bool(ui._app.after_functions)


def template_args():
    ui = _ui()
    return {} if ui is None else ui.template_args


def auth_args():
    ui = _ui()
    return {} if ui is None else ui.auth_args


def host_is_required():
    return bool(HOST_IS_REQUIRED)


def __getattr__(name):
    # In 0.x there was one web UI, and its application was the module's: files add routes to it while they are loaded.
    if name == "app":
        from flask import Flask
        globals()["app"] = Flask("locust")
        return app
    from ._other_names import of_module
    return of_module(__name__, name)
