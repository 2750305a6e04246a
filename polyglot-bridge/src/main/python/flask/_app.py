"""Flask and Blueprint: which function answers which path."""
import os
import sys

import _katydid

from . import _context
from ._config import Config
from ._responses import HTTPException, Response, make_response, redirect


class _Rule:
    """One path pattern: `/users/<int:id>`."""

    def __init__(self, rule, endpoint, view, methods, blueprint):
        self.rule, self.endpoint, self.view, self.blueprint = rule, endpoint, view, blueprint
        self.methods = {method.upper() for method in methods or ("GET",)}
        self.answers_options = "OPTIONS" in self.methods
        self.methods |= {"OPTIONS"} | ({"HEAD"} if "GET" in self.methods else set())
        self.parts = []
        self.converters = {}
        self._pattern = None
        self._compile()

    def _compile(self):
        if "<" not in self.rule:
            return
        import re
        pattern, rest = "", self.rule
        while "<" in rest:
            before, rest = rest.split("<", 1)
            inside, rest = rest.split(">", 1)
            kind, _, name = inside.rpartition(":")
            kind = kind.split("(")[0] or "string"
            pattern += re.escape(before) + f"(?P<{name}>" + {"int": r"\d+", "float": r"\d+\.\d+", "path": ".+"}.get(
                kind, "[^/]+") + ")"
            self.converters[name] = {"int": int, "float": float}.get(kind, str)
        self._pattern = re.compile(pattern + re.escape(rest) + r"\Z")

    def match(self, path):
        """The path's arguments, or None."""
        if self._pattern is None:
            return {} if path == self.rule else None
        found = self._pattern.match(path)
        return None if found is None else {n: self.converters[n](v) for n, v in found.groupdict().items()}

    def build(self, values):
        """The path with these values; those it does not have become the query."""
        path, rest = self.rule, dict(values)
        for name in self.converters:
            if name not in rest:
                raise ValueError(f"url_for({self.endpoint!r}) needs a value for {name}.")
            start = path.index("<")
            path = path[:start] + str(rest.pop(name)) + path[path.index(">") + 1:]
        if rest:
            from urllib.parse import urlencode
            path += "?" + urlencode(rest)
        return path


def _template_part(kind):
    """A decorator, with or without a name, for functions that all templates know."""
    def decorator(self, name=None):
        if callable(name):
            self.template_parts[kind][name.__name__] = name
            return name

        def add(function):
            self.template_parts[kind][name or function.__name__] = function
            return function
        return add
    return decorator


class _Routes:
    """The decorators that an app and a blueprint have in common."""

    def _init(self):
        self.before_functions, self.after_functions, self.error_handlers = [], [], {}
        self.template_contexts, self.template_parts = [], {"filters": {}, "tests": {}, "globals": {}}

    def route(self, rule, methods=None, endpoint=None, **options):
        def add(view):
            self.add_url_rule(rule, endpoint, view, methods=methods, **options)
            return view
        return add

    def get(self, rule, **options):
        return self.route(rule, methods=["GET"], **options)

    def post(self, rule, **options):
        return self.route(rule, methods=["POST"], **options)

    def put(self, rule, **options):
        return self.route(rule, methods=["PUT"], **options)

    def delete(self, rule, **options):
        return self.route(rule, methods=["DELETE"], **options)

    def patch(self, rule, **options):
        return self.route(rule, methods=["PATCH"], **options)

    def before_request(self, function):
        self.before_functions.append(function)
        return function

    def after_request(self, function):
        self.after_functions.append(function)
        _katydid.watch_replies()
        return function

    def teardown_request(self, function):
        return function

    def errorhandler(self, code_or_exception):
        def add(function):
            self.error_handlers[code_or_exception] = function
            return function
        return add

    def context_processor(self, function):
        """What the function returns is there in all templates."""
        self.template_contexts.append(function)
        return function

    template_filter = app_template_filter = _template_part("filters")
    template_test = app_template_test = _template_part("tests")
    template_global = app_template_global = _template_part("globals")
    app_context_processor = context_processor

    def add_template_filter(self, f, name=None):
        self.template_parts["filters"][name or f.__name__] = f

    def add_template_test(self, f, name=None):
        self.template_parts["tests"][name or f.__name__] = f

    def add_template_global(self, f, name=None):
        self.template_parts["globals"][name or f.__name__] = f


class Blueprint(_Routes):
    """Routes that join an app later."""

    def __init__(self, name, import_name, static_folder=None, static_url_path=None, template_folder=None,
                 url_prefix=None, subdomain=None, url_defaults=None, root_path=None, cli_group=None):
        self.name, self.import_name, self.url_prefix = name, import_name, url_prefix
        self.template_folder, self.static_folder = template_folder, static_folder
        self.rules = []
        self._init()

    def add_url_rule(self, rule, endpoint=None, view_func=None, methods=None, **_):
        self.rules.append((rule, endpoint or view_func.__name__, view_func, methods))


def _folder_of(import_name):
    """Where a module lies; the working directory for one that is not imported."""
    file = getattr(sys.modules.get(import_name), "__file__", None)
    return os.path.dirname(os.path.abspath(file)) if file else os.getcwd()


class Flask(_Routes):
    """The routes of the web UI that a locustfile adds. Requests come from `locust.web`."""

    def __init__(self, import_name, root_path=None, **_):
        self.import_name = self.name = import_name
        self.root_path = root_path or _folder_of(import_name)
        self.config = Config(self.root_path, {"SECRET_KEY": None})
        self.debug = False
        self.view_functions = {}
        self.blueprints = {}
        self.known_paths = {}
        self._rules = []
        self._init()

    @property
    def secret_key(self):
        return self.config.get("SECRET_KEY")

    @secret_key.setter
    def secret_key(self, value):
        self.config["SECRET_KEY"] = value

    def add_url_rule(self, rule, endpoint=None, view_func=None, methods=None, **_):
        self._add(rule, endpoint or view_func.__name__, view_func, methods, None)

    def _add(self, rule, endpoint, view, methods, blueprint):
        known = self.view_functions.get(endpoint)
        if known is not None and known is not view:
            raise AssertionError(f"View function mapping is overwriting an existing endpoint function: {endpoint}")
        self.view_functions[endpoint] = view
        methods = methods or getattr(view, "methods", None)
        self._rules.append(_Rule(rule, endpoint, view, methods, blueprint))

    def register_blueprint(self, blueprint, url_prefix=None, **_):
        self.blueprints[blueprint.name] = blueprint
        prefix = (blueprint.url_prefix if url_prefix is None else url_prefix) or ""
        for rule, endpoint, view, methods in blueprint.rules:
            path = prefix.rstrip("/") + "/" + rule.lstrip("/") if rule else prefix
            self._add(path, f"{blueprint.name}.{endpoint}", view, methods, blueprint)
        self.after_functions += blueprint.after_functions
        self.error_handlers.update(blueprint.error_handlers)
        self.template_contexts += blueprint.template_contexts
        for kind, parts in blueprint.template_parts.items():
            self.template_parts[kind].update(parts)

    def template_folders(self):
        folders = [blueprint.template_folder for blueprint in self.blueprints.values() if blueprint.template_folder]
        return [*folders, "templates"]

    def url_for(self, endpoint, blueprint, values):
        if endpoint.startswith("."):
            endpoint = (blueprint + endpoint) if blueprint else endpoint[1:]
        for rule in self._rules:
            if rule.endpoint == endpoint:
                return rule.build(values)
        if endpoint in self.known_paths:
            return _Rule(self.known_paths[endpoint], endpoint, None, None, None).build(values)
        raise ValueError(f"There is no route named {endpoint!r}.")

    def handle(self, request, session):
        """The response of the route for this request, or None if there is no route for its path."""
        allowed, found, arguments = set(), None, {}
        for rule in self._rules:
            values = rule.match(request.path)
            if values is None:
                if rule.rule.endswith("/") and rule.match(request.path + "/") is not None:
                    return redirect(request.path + "/", 308)
                continue
            allowed |= rule.methods
            if found is None and request.method in rule.methods:
                found, arguments = rule, values
        if not allowed:
            if self.handler_of(404) is None:
                return None
            before = _context.push(self, request, session)
            try:
                return self._finish(self._failed(HTTPException(404)))
            finally:
                _context.pop(before)
        if found is None or request.method == "OPTIONS" and not found.answers_options:
            response = Response("", 200 if request.method == "OPTIONS" else 405)
            response.headers.set("Allow", ", ".join(sorted(allowed)))
            return response
        request.endpoint, request.view_args = found.endpoint, arguments
        request.blueprint = found.blueprint.name if found.blueprint else None
        before = _context.push(self, request, session)
        try:
            return self._finish(self._answer(found, arguments))
        finally:
            _context.pop(before)

    def _answer(self, rule, arguments):
        try:
            for function in self.before_functions + (rule.blueprint.before_functions if rule.blueprint else []):
                early = function()
                if early is not None:
                    return make_response(early)
            return make_response(rule.view(**arguments))
        except Exception as error:
            return self._failed(error)

    def handler_of(self, code):
        """The function that makes the page of this status, or None."""
        for key, handler in self.error_handlers.items():
            if key == code or isinstance(key, type) and issubclass(HTTPException, key):
                return handler
        return None

    def test_client(self, use_cookies=True, **_):
        """Asks the app's own routes without a server."""
        from ._client import Client
        return Client(self)

    def _failed(self, error):
        code = getattr(error, "code", None)
        for key, handler in self.error_handlers.items():
            if key == code and code is not None or isinstance(key, type) and isinstance(error, key):
                response = make_response(handler(error))
                if response.status_code == 200 and code is not None:
                    response.status_code = code
                return response
        if isinstance(error, HTTPException):
            return error.response or Response(error.description, error.code, mimetype="text/plain")
        raise error

    def _finish(self, response):
        for function in reversed(self.after_functions):
            response = function(response) or response
        return response

    def after(self, request, response, session):
        """Lets after_request functions change a response that is not ours."""
        before = _context.push(self, request, session)
        try:
            return self._finish(response)
        finally:
            _context.pop(before)
