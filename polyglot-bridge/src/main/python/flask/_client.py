"""app.test_client(): requests to the app's own routes, without a server."""
from ._context import Session
from ._wrappers import Request, Response


class Client:
    """Keeps a session between its requests, as a browser does."""

    def __init__(self, app):
        self.application = app
        self._session = {}

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def open(self, path="/", method="GET", data=None, json=None, headers=None, query_string=None, content_type=None,
             follow_redirects=False, **_):
        from urllib.parse import urlencode, urlsplit
        parts = urlsplit(path)
        query = parts.query
        if query_string:
            given = query_string if isinstance(query_string, str) else urlencode(query_string, doseq=True)
            query = f"{query}&{given}" if query else given
        fields = {name.lower(): [value] for name, value in (dict(headers).items() if headers else ())}
        body, kind = _body(data, json)
        if content_type or kind:
            fields.setdefault("content-type", [content_type or kind])
        fields.setdefault("host", ["localhost"])
        session = Session(self._session)
        response = self.application.handle(
            Request(method, parts.path, query, fields, body, "127.0.0.1"), session)
        self._session = dict(session)
        if response is None:
            response = Response("Not Found", 404)
        if follow_redirects and response.status_code in (301, 302, 303, 307, 308):
            return self.open(response.headers.get("Location"), follow_redirects=True)
        return response

    def get(self, *args, **kwargs):
        return self.open(*args, method="GET", **kwargs)

    def post(self, *args, **kwargs):
        return self.open(*args, method="POST", **kwargs)

    def put(self, *args, **kwargs):
        return self.open(*args, method="PUT", **kwargs)

    def patch(self, *args, **kwargs):
        return self.open(*args, method="PATCH", **kwargs)

    def delete(self, *args, **kwargs):
        return self.open(*args, method="DELETE", **kwargs)

    def head(self, *args, **kwargs):
        return self.open(*args, method="HEAD", **kwargs)

    def options(self, *args, **kwargs):
        return self.open(*args, method="OPTIONS", **kwargs)


def _body(data, json):
    """Bytes and their content type."""
    if json is not None:
        from json import dumps
        return dumps(json).encode("utf-8"), "application/json"
    if data is None:
        return b"", None
    if isinstance(data, (bytes, str)):
        return data.encode("utf-8") if isinstance(data, str) else data, None
    files = {name: value for name, value in data.items() if isinstance(value, tuple) or hasattr(value, "read")}
    if not files:
        from urllib.parse import urlencode
        return urlencode(data, doseq=True).encode("ascii"), "application/x-www-form-urlencoded"
    from requests.models import PreparedRequest
    parts = {}
    for name, value in files.items():
        # Flask has the file first, requests its name.
        parts[name] = (value[1], value[0], *value[2:]) if isinstance(value, tuple) else value
    return PreparedRequest._encode_files(parts, {name: value for name, value in data.items() if name not in files})
