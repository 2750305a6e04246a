"""Requests, their failures and the agent that sends them."""
from .header import Headers
from .response import HTTPConnectionClosed, HTTPParseError


class ConnectionError(Exception):
    """A request failed; says which URL and why."""

    def __init__(self, url, *args, **kw):
        self.url = url
        super().__init__(url, *args)
        self.kw_text = ", ".join(f"{name}={value}" for name, value in kw.items())
        self.text = ", ".join([repr(arg) if not isinstance(arg, (int, float)) else str(arg) for arg in args]
                              + ([self.kw_text] if kw else []))
        self.__dict__.update(kw)

    def __str__(self):
        return f"URL {self.url}: {self.text}" if self.text else f"URL {self.url}"

    def __repr__(self):
        return f"{type(self).__name__}({', '.join(part for part in (repr(self.url), self.text) if part)})"


class RetriesExceeded(ConnectionError):
    """The attempts, or the redirects, are used up."""


class UnsupportedRedirectSchemeError(ConnectionError):
    """A redirect leads to a URL that is neither http nor https."""


class BadStatusCode(ConnectionError):
    """The status is an error."""

    code = None


class EmptyResponse(ConnectionError):
    """There was no reply."""


class CompatRequest:
    """A request as it was sent."""

    def __init__(self, url, method="GET", headers=None, payload=None):
        self.url = url
        self.method = method
        self.headers = headers if isinstance(headers, Headers) else Headers(headers)
        self.payload = payload

    @property
    def body(self):
        return self.payload

    @property
    def data(self):
        return self.payload

    def get_full_url(self):
        return self.url

    full_url = property(get_full_url)

    def get_method(self):
        return self.method

    def get_header(self, name, default=None):
        return self.headers.get(name, default)

    def has_header(self, name):
        return name in self.headers

    def add_header(self, name, value):
        self.headers[name] = value

    def header_items(self):
        return list(self.headers.items())

    def get_host(self):
        return self.url.partition("://")[2].partition("/")[0]


class CompatResponse:
    """Base of FastResponse."""


class UserAgent:
    """Options and cookies of a FastHttpSession, as `self.client.client` shows them."""

    response_type = CompatResponse
    request_type = CompatRequest
    valid_response_codes = frozenset([200, 206, 301, 302, 303, 307])
    redirect_response_codes = frozenset([301, 302, 303, 307])

    def __init__(self, max_redirects=3, max_retries=3, retry_delay=0, cookiejar=None, headers=None, **kwargs):
        self.max_redirects = max_redirects
        self.max_retries = max_retries
        self.retry_delay = retry_delay
        self.cookiejar = cookiejar
        self.default_headers = Headers({"User-Agent": "python/gevent-http-client-2.6.1"})
        if headers:
            self.default_headers.update(headers)
        self._limits = {name: kwargs[name] for name in ("connection_timeout", "network_timeout", "insecure")
                        if name in kwargs}
        self._java = None

    def urlopen(self, url, method="GET", response_codes=valid_response_codes, headers=None, payload=None, to_string=False,
                debug_stream=None, params=None, max_retries=None, max_redirects=None, files=None, json=None,
                allow_redirects=True, **kwargs):
        """Sends a request and reads the answer; raises what went wrong."""
        from ._exchange import exchange, new_java
        if self._java is None:
            self._java = new_java()
        sent = Headers(self.default_headers)
        sent.update(headers or {})
        limits = {**self._limits, "max_redirects": self.max_redirects if max_redirects is None else max_redirects}
        attempts = 1 + (self.max_retries if max_retries is None else max_retries)
        response = exchange(self._java, method, url, sent, payload, params, files, json, allow_redirects, limits, attempts)
        if response_codes and response.status_code not in response_codes:
            raise BadStatusCode(url, code=response.status_code)
        return response.content if to_string else response

    def urlretrieve(self, url, filename, *args, **kwargs):
        """Writes the answer into a file."""
        response = self.urlopen(url, *args, **kwargs)
        with open(filename, "wb") as out:
            out.write(response.content)
        return filename, response

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def close(self):
        """Closes the idle connections."""
        pool = getattr(self, "clientpool", None)
        if pool is not None:
            pool.close()
        if self._java is not None:
            self._java.close()


__all__ = ["BadStatusCode", "CompatRequest", "CompatResponse", "ConnectionError", "EmptyResponse", "Headers",
           "HTTPConnectionClosed", "HTTPParseError", "RetriesExceeded", "UserAgent"]
