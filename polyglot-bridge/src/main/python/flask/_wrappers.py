"""Requests and responses as view functions see them."""


class Values(dict):
    """Several values a name; `[]` and get() give the first."""

    def __init__(self, pairs=()):
        super().__init__()
        self._lists = {}
        for name, value in pairs:
            self._lists.setdefault(name, []).append(value)
            self.setdefault(name, value)

    def get(self, name, default=None, type=None):
        if name not in self:
            return default
        if type is None:
            return self[name]
        try:
            return type(self[name])
        except (TypeError, ValueError):
            return default

    def getlist(self, name, type=None):
        values = self._lists.get(name, [])
        return list(values) if type is None else [type(value) for value in values]

    def to_dict(self, flat=True):
        return dict(self) if flat else {name: list(values) for name, values in self._lists.items()}

    def lists(self):
        return self._lists.items()


class Headers:
    """Header fields in order; names in any case."""

    def __init__(self, fields=()):
        self._fields = []
        self.extend(fields or ())

    def extend(self, fields):
        for name, value in (fields.items() if hasattr(fields, "items") else fields):
            self._fields.append((str(name), str(value)))

    def add(self, name, value):
        self._fields.append((str(name), str(value)))

    def set(self, name, value):
        self.remove(name)
        self.add(name, value)

    def remove(self, name):
        self._fields = [(n, v) for n, v in self._fields if n.lower() != name.lower()]

    def get(self, name, default=None, type=None):
        for n, value in self._fields:
            if n.lower() == name.lower():
                return value if type is None else type(value)
        return default

    def getlist(self, name):
        return [value for n, value in self._fields if n.lower() == name.lower()]

    get_all = getlist

    def items(self):
        return list(self._fields)

    def keys(self):
        return [name for name, _ in self._fields]

    def setdefault(self, name, value):
        if name not in self:
            self.add(name, value)
        return self.get(name)

    def update(self, fields):
        for name, value in (fields.items() if hasattr(fields, "items") else fields):
            self.set(name, value)

    def pop(self, name, default=None):
        value = self.get(name, default)
        self.remove(name)
        return value

    def __getitem__(self, name):
        value = self.get(name)
        if value is None:
            raise KeyError(name)
        return value

    __setitem__ = set
    __delitem__ = remove

    def __contains__(self, name):
        return any(n.lower() == name.lower() for n, _ in self._fields)

    def __iter__(self):
        return iter(self._fields)

    def __len__(self):
        return len(self._fields)


class Request:
    """One request, read completely."""

    def __init__(self, method, path, query, headers, body, remote_address):
        self.method = method
        self.path = path
        self.query_string = query.encode("utf-8")
        self.headers = Headers([(name, value) for name, values in headers.items() for value in values])
        self.data = body
        self.remote_addr = remote_address
        self.view_args = {}
        self.endpoint = None
        self.blueprint = None
        self._cached = {}

    def _once(self, name, make):
        if name not in self._cached:
            self._cached[name] = make()
        return self._cached[name]

    @property
    def args(self):
        return self._once("args", lambda: _form(self.query_string.decode("utf-8")))

    @property
    def files(self):
        """The files of a form, by the fields' names."""
        return self._once("files", lambda: Values(
            (name, content) for name, content in self._once("parts", self._read_parts) if isinstance(content, FileStorage)))

    @property
    def form(self):
        """The fields of a form, without its files."""
        return self._once("form", self._read_form)

    def _read_form(self):
        kind = (self.content_type or "").lower()
        if kind.startswith("application/x-www-form-urlencoded"):
            return _form(self.data.decode("utf-8", "replace"))
        return Values((name, content) for name, content in self._once("parts", self._read_parts)
                      if not isinstance(content, FileStorage))

    def _read_parts(self):
        kind = self.content_type or ""
        if not kind.lower().startswith("multipart/form-data") or "boundary=" not in kind:
            return []
        return list(_multipart(kind.split("boundary=", 1)[1].split(";")[0].strip('" '), self.data))

    @property
    def values(self):
        return Values([(name, value) for source in (self.args, self.form)
                       for name, values in source.lists() for value in values])

    @property
    def content_type(self):
        return self.headers.get("content-type")

    @property
    def mimetype(self):
        return (self.content_type or "").split(";")[0].strip().lower()

    @property
    def content_length(self):
        return len(self.data)

    @property
    def is_json(self):
        return self.mimetype == "application/json" or self.mimetype.endswith("+json")

    @property
    def json(self):
        return self.get_json()

    def get_json(self, force=False, silent=False, cache=True):
        if not force and not self.is_json:
            if silent:
                return None
            from ._responses import abort
            abort(415, "The request's content type is not application/json.")
        import json
        try:
            return json.loads(self.data)
        except ValueError:
            if silent:
                return None
            from ._responses import abort
            abort(400, "The request's body is not JSON.")

    def get_data(self, cache=True, as_text=False, parse_form_data=False):
        return self.data.decode("utf-8", "replace") if as_text else self.data

    @property
    def cookies(self):
        pairs = []
        for line in self.headers.getlist("cookie"):
            for part in line.split(";"):
                name, equals, value = part.strip().partition("=")
                if equals:
                    pairs.append((name, value.strip('"')))
        return Values(pairs)

    @property
    def host(self):
        return self.headers.get("host", "localhost")

    @property
    def host_url(self):
        return f"http://{self.host}/"

    url_root = host_url

    @property
    def base_url(self):
        return f"http://{self.host}{self.path}"

    @property
    def full_path(self):
        return self.path + "?" + self.query_string.decode("utf-8")

    @property
    def url(self):
        return self.base_url + ("?" + self.query_string.decode("utf-8") if self.query_string else "")

    @property
    def user_agent(self):
        return self.headers.get("user-agent", "")


def _form(text):
    from urllib.parse import parse_qsl
    return Values(parse_qsl(text, keep_blank_values=True))


class FileStorage:
    """A file that was sent with a form; it can be read like one."""

    def __init__(self, stream=None, filename=None, name=None, content_type=None, headers=None):
        import io
        self.stream = stream or io.BytesIO()
        self.filename, self.name = filename, name
        self.headers = Headers(headers)
        if content_type is not None:
            self.headers.set("Content-Type", content_type)

    @property
    def content_type(self):
        return self.headers.get("Content-Type")

    @property
    def mimetype(self):
        return (self.content_type or "").split(";")[0].strip().lower()

    @property
    def content_length(self):
        return int(self.headers.get("Content-Length") or 0)

    def save(self, dst, buffer_size=16384):
        """Writes the file to a path or into an open file."""
        import shutil
        if hasattr(dst, "write"):
            shutil.copyfileobj(self.stream, dst, buffer_size)
            return
        with open(dst, "wb") as out:
            shutil.copyfileobj(self.stream, out, buffer_size)

    def read(self, *args):
        return self.stream.read(*args)

    def readline(self, *args):
        return self.stream.readline(*args)

    def readlines(self, *args):
        return self.stream.readlines(*args)

    def seek(self, *args):
        return self.stream.seek(*args)

    def tell(self):
        return self.stream.tell()

    def readable(self):
        return True

    def writable(self):
        return False

    def seekable(self):
        return True

    @property
    def closed(self):
        return self.stream.closed

    def close(self):
        self.stream.close()

    def __iter__(self):
        return iter(self.stream)

    def __bool__(self):
        return bool(self.filename)

    def __repr__(self):
        return f"<FileStorage: {self.filename!r} ({self.content_type!r})>"


def _multipart(boundary, body):
    """Names and what was sent for them: a text or a file."""
    import io
    mark = b"\r\n--" + boundary.encode("latin-1")
    for part in (b"\r\n" + body).split(mark)[1:]:
        head, found, content = part.partition(b"\r\n\r\n")
        if part.startswith(b"--") or not found:
            continue
        fields = [line.partition(":")[::2] for line in head.decode("utf-8", "replace").split("\r\n") if ":" in line]
        headers = Headers((name.strip(), value.strip()) for name, value in fields)
        said = headers.get("Content-Disposition", "")
        name, filename = _parameter(said, "name"), _parameter(said, "filename")
        if name is None:
            continue
        if filename is None:
            yield name, content.decode("utf-8", "replace")
        else:
            yield name, FileStorage(io.BytesIO(content), filename, name, headers=headers.items())


def _parameter(text, name):
    """A parameter of a header: `filename` of `form-data; name="a"; filename="b"`."""
    for piece in text.split("; ")[1:]:
        key, _, value = piece.partition("=")
        if key.strip().lower() == name:
            value = value.strip()
            return value[1:-1].replace('\\"', '"') if value.startswith('"') else value
        if key.strip().lower() == name + "*":
            from urllib.parse import unquote
            return unquote(value.rpartition("'")[2])
    return None


class Response:
    """One answer."""
    default_mimetype = "text/html"

    def __init__(self, response=None, status=200, headers=None, mimetype=None, content_type=None,
                 direct_passthrough=False):
        self.headers = Headers(headers)
        self.status_code = int(str(status).split()[0]) if status is not None else 200
        self._body = b""
        self.index_args = None
        if content_type is None and "content-type" not in self.headers:
            kind = mimetype or self.default_mimetype
            text = kind.startswith("text/") or kind in ("application/xml", "application/javascript")
            content_type = kind + "; charset=utf-8" if text else kind
        if content_type is not None:
            self.headers.set("Content-Type", content_type)
        if response is not None:
            self.set_data(response)

    @property
    def data(self):
        return self._body

    @data.setter
    def data(self, value):
        self.set_data(value)

    response = data

    def set_data(self, value):
        if isinstance(value, str):
            self._body = value.encode("utf-8")
        elif isinstance(value, (bytes, bytearray, memoryview)):
            self._body = bytes(value)
        else:
            self._body = b"".join(one.encode("utf-8") if isinstance(one, str) else one for one in value)

    def get_data(self, as_text=False):
        return self._body.decode("utf-8", "replace") if as_text else self._body

    @property
    def status(self):
        return str(self.status_code)

    @status.setter
    def status(self, value):
        self.status_code = int(str(value).split()[0])

    @property
    def mimetype(self):
        return (self.content_type or "").split(";")[0].strip()

    @mimetype.setter
    def mimetype(self, value):
        self.content_type = value

    @property
    def content_type(self):
        return self.headers.get("Content-Type")

    @content_type.setter
    def content_type(self, value):
        self.headers.set("Content-Type", value)

    @property
    def is_json(self):
        return self.mimetype == "application/json"

    @property
    def json(self):
        return self.get_json()

    def get_json(self, force=False, silent=False):
        import json
        try:
            return json.loads(self._body)
        except ValueError:
            if silent:
                return None
            raise

    def set_cookie(self, key, value="", max_age=None, expires=None, path="/", domain=None, secure=False,
                   httponly=False, samesite=None):
        parts = [f"{key}={value}"]
        for name, given in (("Domain", domain), ("Expires", expires), ("Max-Age", max_age), ("Path", path),
                            ("SameSite", samesite)):
            if given is not None:
                parts.append(f"{name}={given}")
        parts += [name for name, on in (("Secure", secure), ("HttpOnly", httponly)) if on]
        self.headers.add("Set-Cookie", "; ".join(parts))

    def delete_cookie(self, key, path="/", domain=None, **_):
        self.set_cookie(key, max_age=0, path=path, domain=domain)
