"""Functions that make responses, and the errors that end a request."""
from ._context import current, session
from ._wrappers import Response

_REASONS = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
            409: "Conflict", 415: "Unsupported Media Type", 500: "Internal Server Error"}


class HTTPException(Exception):
    """Ends the request with a status."""

    def __init__(self, code, description=None, response=None):
        self.code = code
        self.name = _REASONS.get(code, "Error")
        self.description = description or self.name
        self.response = response
        super().__init__(f"{code} {self.name}: {self.description}")


def abort(code, description=None):
    if isinstance(code, Response):
        raise HTTPException(code.status_code, response=code)
    raise HTTPException(int(code), description)


def escape(text):
    return Markup(str(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;")
                  .replace("'", "&#39;"))


class Markup(str):
    """Text that is HTML already."""

    def __html__(self):
        return self

    @classmethod
    def escape(cls, text):
        return escape(text)


def make_response(*parts):
    """What a view function returned, as a Response."""
    if not parts:
        return Response()
    value = parts[0] if len(parts) == 1 else parts
    status = headers = None
    if isinstance(value, tuple):
        if len(value) == 3:
            value, status, headers = value
        elif len(value) == 2:
            value, second = value
            if isinstance(second, (int, str)):
                status = second
            else:
                headers = second
        else:
            raise TypeError("A view function returns a body, (body, status), (body, headers) or (body, status, headers).")
    if value is None:
        raise TypeError("The view function returned None; it has to return a response.")
    if isinstance(value, (dict, list)):
        value = jsonify(value)
    elif not isinstance(value, Response):
        value = Response(value)
    if status is not None:
        value.status = status
    if headers:
        value.headers.update(headers)
    return value


def jsonify(*args, **kwargs):
    import json
    value = kwargs if kwargs else args[0] if len(args) == 1 else list(args)
    return Response(json.dumps(value, sort_keys=True, default=str) + "\n", mimetype="application/json")


def redirect(location, code=302, Response=Response):
    response = Response("", code)
    response.headers.set("Location", location)
    return response


def url_for(endpoint, **values):
    """The path of a route; values that its rule does not have become the query."""
    return current("app").url_for(endpoint, current("request").blueprint, values)


def flash(message, category="message"):
    session["_flashes"] = list(session.get("_flashes", [])) + [[category, message]]


def get_flashed_messages(with_categories=False, category_filter=()):
    found = [pair for pair in session.pop("_flashes", []) if not category_filter or pair[0] in category_filter]
    return [tuple(pair) for pair in found] if with_categories else [message for _, message in found]


def render_template(name, **context):
    """The index page with these template arguments; any other template needs jinja2."""
    if name in ("index.html", "auth.html"):
        response = Response()
        response.index_args = dict(context.get("template_args") or {})
        return response
    app = current("app")
    folders = app.template_folders()
    return _environment(folders).get_template(name).render(**_common(context))


def render_template_string(source, **context):
    return _environment([]).from_string(source).render(**_common(context))


def _common(context):
    from . import _context
    common = {"request": _context.request, "session": _context.session, "g": _context.g, "url_for": url_for,
              "get_flashed_messages": get_flashed_messages, "config": current("app").config}
    for function in current("app").template_contexts:
        common.update(function())
    return {**common, **context}


def _environment(folders):
    try:
        import jinja2
    except ImportError:
        raise RuntimeError("This route renders a template of its own, which needs jinja2: install it with "
                           "`katydid pip install jinja2`, or return the HTML as text.") from None
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(folders), autoescape=True)
    parts = current("app").template_parts
    environment.filters.update(parts["filters"])
    environment.tests.update(parts["tests"])
    environment.globals.update(parts["globals"])
    return environment


def send_file(path_or_file, mimetype=None, as_attachment=False, download_name=None, **_):
    """A file's content; the path is the script's own, never the request's."""
    if hasattr(path_or_file, "read"):
        content, name = path_or_file.read(), download_name or "download"
    else:
        with open(path_or_file, "rb") as file:
            content = file.read()
        name = download_name or str(path_or_file).replace("\\", "/").rsplit("/", 1)[-1]
    if mimetype is None:
        import mimetypes
        mimetype = mimetypes.guess_type(name)[0] or "application/octet-stream"
    response = Response(content, mimetype=mimetype)
    if as_attachment:
        safe = "".join(c if c.isalnum() or c in "._-" else "_" for c in name)
        response.headers.set("Content-Disposition", f"attachment; filename={safe}")
    return response


def send_from_directory(directory, path, **options):
    """A file below a folder; anything that leads out of it is a 404."""
    import os
    root = os.path.realpath(directory)
    file = os.path.realpath(os.path.join(root, path))
    if not file.startswith(root + os.sep) or not os.path.isfile(file):
        abort(404)
    return send_file(file, **options)
