"""Requests as they are asked for and as they are sent."""
import _katydid_http as _http
from _katydid_urls import encode as _encode_params, pairs_of, with_query
from .auth import HTTPBasicAuth, _basic_auth_str
from .exceptions import InvalidJSONError, InvalidSchema, InvalidURL, MissingSchema
from .hooks import default_hooks
from .structures import CaseInsensitiveDict
from ._response import CONTENT_CHUNK_SIZE, Response

__all__ = ["Request", "PreparedRequest", "Response", "REDIRECT_STATI", "DEFAULT_REDIRECT_LIMIT",
           "CONTENT_CHUNK_SIZE", "ITER_CHUNK_SIZE"]

REDIRECT_STATI = (301, 302, 303, 307, 308)
DEFAULT_REDIRECT_LIMIT = 30
ITER_CHUNK_SIZE = 512


class RequestHooksMixin:
    """Hooks of requests and prepared requests."""

    def register_hook(self, event, hook):
        """Adds a function, or several, for an event."""
        if event not in self.hooks:
            raise ValueError(f'Unsupported event specified, with event name "{event}"')
        if callable(hook):
            self.hooks[event].append(hook)
        elif hasattr(hook, "__iter__"):
            self.hooks[event].extend(h for h in hook if callable(h))

    def deregister_hook(self, event, hook):
        """Removes a function; False if it was not there."""
        try:
            self.hooks[event].remove(hook)
        except ValueError:
            return False
        return True


class Request(RequestHooksMixin):
    """A request as the caller describes it."""

    def __init__(self, method=None, url=None, headers=None, files=None, data=None, params=None, auth=None,
                 cookies=None, hooks=None, json=None):
        self.hooks = default_hooks()
        for event, hook in (hooks or {}).items():
            self.register_hook(event, hook)
        self.method = method
        self.url = url
        self.headers = {} if headers is None else headers
        self.files = [] if files is None else files
        self.data = [] if data is None else data
        self.json = json
        self.params = {} if params is None else params
        self.auth = auth
        self.cookies = cookies

    def prepare(self):
        prepared = PreparedRequest()
        prepared.prepare(method=self.method, url=self.url, headers=self.headers, files=self.files, data=self.data,
                         json=self.json, params=self.params, auth=self.auth, cookies=self.cookies, hooks=self.hooks)
        return prepared

    def __repr__(self):
        return f"<Request [{self.method}]>"


class PreparedRequest(RequestHooksMixin):
    """A request as it goes out."""

    def __init__(self):
        self.method = None
        self.url = None
        self.headers = None
        self._cookies = None
        self.body = None
        self.hooks = default_hooks()
        self._body_position = None

    @classmethod
    def _of(cls, reply):
        """The request a Java reply answers."""
        prepared = cls.__new__(cls)
        prepared.method = reply.requestMethod()
        prepared.url = reply.finalUrl()
        prepared.headers = CaseInsensitiveDict(
            pair for pair in _http.pairs(reply.requestHeaderText()) if pair[0] != "Host")
        body = reply.requestBodyLatin1()
        if body is not None:
            body = body.encode("latin-1")
            if reply.requestBodyIsText():
                body = body.decode("utf-8", "replace")
        prepared.body = None if body is None else body  # not Java's null, which cannot be pickled
        prepared._cookies = None
        prepared.hooks = default_hooks()
        prepared._body_position = None
        return prepared

    def prepare(self, method=None, url=None, headers=None, files=None, data=None, params=None, auth=None,
                cookies=None, hooks=None, json=None):
        self.prepare_method(method)
        self.prepare_url(url, params)
        self.prepare_headers(headers)
        self.prepare_cookies(cookies)
        self.prepare_body(data, files, json)
        self.prepare_auth(auth, url)
        self.prepare_hooks(hooks)

    def copy(self):
        other = PreparedRequest()
        other.method = self.method
        other.url = self.url
        other.headers = self.headers.copy() if self.headers is not None else None
        other._cookies = self._cookies.copy() if self._cookies is not None else None
        other.body = self.body
        other.hooks = self.hooks
        other._body_position = self._body_position
        return other

    def __repr__(self):
        return f"<PreparedRequest [{self.method}]>"

    @property
    def path_url(self):
        """Path and query."""
        from urllib.parse import urlsplit
        parts = urlsplit(self.url)
        return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")

    def prepare_method(self, method):
        self.method = method.upper() if isinstance(method, str) else None if method is None else method.decode().upper()

    def prepare_url(self, url, params):
        """Quotes the URL and appends the parameters."""
        if isinstance(url, bytes):
            url = url.decode("utf8")
        else:
            url = str(url)
        url = url.lstrip()
        if ":" in url and not url.lower().startswith("http"):
            self.url = url
            return
        if params is not None and not isinstance(params, (str, bytes)):
            params = _encode_params(params)
        if isinstance(params, bytes):
            params = params.decode("utf-8")
        text = _http.prepared_url(with_query(url, params))
        if text.startswith("!"):
            kind, _, message = text[1:].partition(" ")
            error = {"MISSING_SCHEMA": MissingSchema, "INVALID_SCHEMA": InvalidSchema}.get(kind, InvalidURL)
            raise error(message)
        self.url = text

    def prepare_headers(self, headers):
        self.headers = CaseInsensitiveDict()
        if headers:
            from .utils import check_header_validity
            for header in headers.items():
                check_header_validity(header)
                name, value = header
                self.headers[name.decode("ascii") if isinstance(name, bytes) else name] = value

    def prepare_body(self, data, files, json=None):
        """Sets the body and the headers that describe it."""
        body = None
        content_type = None
        if not data and json is not None:
            import _katydid_json
            content_type = "application/json"
            try:
                body = _katydid_json.dumps_strict(json)
            except ValueError as error:
                raise InvalidJSONError(error, request=self) from error
            body = body.encode("utf-8")
        streamed = hasattr(data, "__iter__") and not isinstance(data, (str, bytes, bytearray, list, tuple)) \
            and not hasattr(data, "items")
        if streamed:
            from .utils import super_len
            try:
                length = super_len(data)
            except (TypeError, AttributeError, OSError):
                length = None
            body = data
            if getattr(body, "tell", None) is not None:
                try:
                    self._body_position = body.tell()
                except OSError:
                    self._body_position = object()
            if files:
                raise NotImplementedError("Streamed bodies and files are mutually exclusive.")
            if length:
                self.headers["Content-Length"] = str(length)
            else:
                self.headers["Transfer-Encoding"] = "chunked"
        else:
            if files:
                body, content_type = self._encode_files(files, data)
            elif data:
                body = self._encode_params(data)
                content_type = None if isinstance(data, (str, bytes, bytearray)) or hasattr(data, "read") else \
                    "application/x-www-form-urlencoded"
            self.prepare_content_length(body)
            if content_type and "content-type" not in self.headers:
                self.headers["Content-Type"] = content_type
        self.body = body

    @staticmethod
    def _encode_params(data):
        return _encode_params(data)

    @staticmethod
    def _encode_files(files, data):
        if isinstance(data, (str, bytes)):
            raise ValueError("Data must not be a string.")
        import _katydid_multipart
        from .utils import guess_filename
        parts = []
        for name, values in pairs_of(data or {}):
            if isinstance(values, (str, bytes)) or not hasattr(values, "__iter__"):
                values = [values]
            for value in values:
                if value is not None:
                    name = name.decode("utf-8") if isinstance(name, bytes) else name
                    parts.append((name, value))
        for name, value in pairs_of(files):
            content_type = headers = None
            if isinstance(value, (tuple, list)):
                file_name, content = value[0], value[1]
                content_type = value[2] if len(value) > 2 else None
                headers = value[3] if len(value) > 3 else None
            else:
                file_name, content = guess_filename(value) or name, value
            if hasattr(content, "read"):
                content = content.read()
            elif content is None:
                continue
            elif not isinstance(content, (str, bytes, bytearray)):
                content = bytes(content)
            parts.append((name, (file_name, content, content_type, headers)))
        return _katydid_multipart.encode(parts)

    def prepare_content_length(self, body):
        if body is not None:
            from .utils import super_len
            length = super_len(body)
            if length:
                self.headers["Content-Length"] = str(length)
        elif self.method not in ("GET", "HEAD") and self.headers.get("Content-Length") is None:
            self.headers["Content-Length"] = "0"

    def prepare_auth(self, auth, url=""):
        """Applies a (user, password) pair, a callable, or the credentials of the URL."""
        if auth is None:
            from .utils import get_auth_from_url
            credentials = get_auth_from_url(self.url) if "@" in (self.url or "") else ("", "")
            auth = credentials if any(credentials) else None
        if auth:
            if isinstance(auth, tuple) and len(auth) == 2:
                auth = HTTPBasicAuth(*auth)
            changed = auth(self)
            self.__dict__.update(changed.__dict__)
            self.prepare_content_length(self.body)

    def prepare_cookies(self, cookies):
        """Sets the Cookie header of a dictionary or jar."""
        from .cookies import cookiejar_from_dict, get_cookie_header
        if cookies is not None and hasattr(cookies, "set_cookie"):
            self._cookies = cookies
        else:
            self._cookies = cookiejar_from_dict(cookies)
        header = get_cookie_header(self._cookies, self)
        if header is not None and "Cookie" not in self.headers:
            self.headers["Cookie"] = header

    def prepare_hooks(self, hooks):
        for event in hooks or []:
            self.register_hook(event, hooks[event])


def basic_authorization(auth):
    """The Authorization header of a pair of strings, or None for any other kind of auth."""
    if type(auth) is HTTPBasicAuth:
        return _basic_auth_str(auth.username, auth.password)
    if isinstance(auth, tuple) and len(auth) == 2:
        return _basic_auth_str(*auth)
    return None
