"""Cookies: a jar that is also a dictionary. The cookies live in Java, shared with the session's requests."""
from collections.abc import MutableMapping

import _katydid_http as _http


class CookieConflictError(RuntimeError):
    """Several cookies have the name; say which domain or path."""


class Cookie:
    """One cookie with the attributes of http.cookiejar.Cookie."""

    def __init__(self, name, value, domain="", path="/", expires=None, secure=False, http_only=False):
        self.version = 0
        self.name = name
        self.value = value
        self.port = None
        self.port_specified = False
        self.domain = domain
        self.domain_specified = bool(domain)
        self.domain_initial_dot = domain.startswith(".")
        self.path = path
        self.path_specified = bool(path)
        self.secure = secure
        self.expires = expires
        self.discard = expires is None
        self.comment = None
        self.comment_url = None
        self.rfc2109 = False
        self._rest = {"HttpOnly": None} if http_only else {}

    def has_nonstandard_attr(self, name):
        return name in self._rest

    def get_nonstandard_attr(self, name, default=None):
        return self._rest.get(name, default)

    def set_nonstandard_attr(self, name, value):
        self._rest[name] = value

    def is_expired(self, now=None):
        import time
        return self.expires is not None and self.expires <= (time.time() if now is None else now)

    def __str__(self):
        limit = self.domain + self.path
        text = f"{self.name}={self.value}" if self.value is not None else self.name
        return f"<Cookie {text} for {limit}>"

    def __repr__(self):
        names = ("version", "name", "value", "port", "port_specified", "domain", "domain_specified",
                 "domain_initial_dot", "path", "path_specified", "secure", "expires", "discard", "comment",
                 "comment_url")
        shown = [f"{name}={getattr(self, name)!r}" for name in names]
        return f"Cookie({', '.join(shown)}, rest={self._rest!r}, rfc2109={self.rfc2109!r})"


class RequestsCookieJar(MutableMapping):
    """A cookie jar that can be used as a dictionary of names and values."""

    def __init__(self, policy=None):
        self._java = _http.new_cookies()
        self._policy = policy

    @classmethod
    def _around(cls, java):
        """The Python face of a Java jar."""
        jar = cls.__new__(cls)
        jar._java = java
        jar._policy = None
        return jar

    def __getstate__(self):
        return {"cookies": list(self), "policy": self._policy}

    def __setstate__(self, state):
        self.__init__(state["policy"])
        for cookie in state["cookies"]:
            self.set_cookie(cookie)

    def __iter__(self):
        for line in self._java.lines():
            name, value, domain, path, expires, secure, http_only = line.split("\n")
            yield Cookie(name, value[1:] if value else None, domain, path, int(expires) if expires else None,
                         secure == "1", http_only == "1")

    def __len__(self):
        return self._java.size()

    def __contains__(self, name):
        return self._java.has(str(name))

    def __getitem__(self, name):
        return self._only(name, None, None)

    def __setitem__(self, name, value):
        self.set(name, value)

    def __delitem__(self, name):
        self._java.delete(None, None, name)

    def get(self, name, default=None, domain=None, path=None):
        """The value of the cookie; CookieConflictError if there are several."""
        try:
            return self._only(name, domain, path)
        except KeyError:
            return default

    def _only(self, name, domain, path):
        found = [cookie for cookie in self if cookie.name == name and (domain is None or cookie.domain == domain)
                 and (path is None or cookie.path == path)]
        if not found:
            raise KeyError(f"name={name!r}, domain={domain!r}, path={path!r}")
        if len(found) > 1:
            raise CookieConflictError(f"There are multiple cookies with name, {name!r}")
        return found[0].value

    def set(self, name, value, **kwargs):
        """Sets a cookie (domain, path, expires, secure as keywords); a value of None removes it."""
        if value is None:
            self._java.delete(kwargs.get("domain"), kwargs.get("path"), name)
            return None
        cookie = value if hasattr(value, "domain") and hasattr(value, "name") else create_cookie(name, value, **kwargs)
        self.set_cookie(cookie)
        return cookie

    def set_cookie(self, cookie, *args, **kwargs):
        value = cookie.value
        if isinstance(value, str) and value.startswith('"') and value.endswith('"'):
            value = value.replace('\\"', "")
        expires = getattr(cookie, "expires", None)
        self._java.set(str(cookie.name), None if value is None else str(value), cookie.domain or "",
                       cookie.path or "/", -1 if expires is None else int(expires), bool(cookie.secure),
                       bool(cookie.has_nonstandard_attr("HttpOnly")))

    def keys(self):
        return list(self.iterkeys())

    def values(self):
        return list(self.itervalues())

    def items(self):
        return list(self.iteritems())

    def iterkeys(self):
        return (cookie.name for cookie in self)

    def itervalues(self):
        return (cookie.value for cookie in self)

    def iteritems(self):
        return ((cookie.name, cookie.value) for cookie in self)

    def list_domains(self):
        return list(dict.fromkeys(cookie.domain for cookie in self))

    def list_paths(self):
        return list(dict.fromkeys(cookie.path for cookie in self))

    def multiple_domains(self):
        """Whether two cookies share a domain."""
        domains = [cookie.domain for cookie in self if cookie.domain is not None]
        return len(domains) != len(set(domains))

    def get_dict(self, domain=None, path=None):
        """Names and values, restricted to a domain and a path."""
        return {cookie.name: cookie.value for cookie in self
                if (domain is None or cookie.domain == domain) and (path is None or cookie.path == path)}

    def update(self, other=(), **kwargs):
        """Takes over the cookies of a jar, or names and values."""
        if isinstance(other, RequestsCookieJar) or hasattr(other, "set_cookie"):
            for cookie in list(other):
                self.set_cookie(cookie)
        else:
            super().update(other, **kwargs)

    def clear(self, domain=None, path=None, name=None):
        """Removes all cookies, or those of a domain, a path, a name."""
        removed = self._java.delete(domain, path, name)
        if domain is not None and removed == 0:
            raise KeyError(domain)

    def clear_session_cookies(self):
        for cookie in list(self):
            if cookie.discard:
                self._java.delete(cookie.domain, cookie.path, cookie.name)

    def clear_expired_cookies(self):
        for cookie in list(self):
            if cookie.is_expired():
                self._java.delete(cookie.domain, cookie.path, cookie.name)

    def copy(self):
        jar = RequestsCookieJar(self._policy)
        jar.update(self)
        return jar

    def get_policy(self):
        return self._policy

    def set_policy(self, policy):
        self._policy = policy

    def __eq__(self, other):
        return self is other

    __hash__ = object.__hash__

    def __repr__(self):
        return f"<RequestsCookieJar[{', '.join(repr(cookie) for cookie in self)}]>"

    def __str__(self):
        return f"<RequestsCookieJar[{', '.join(str(cookie) for cookie in self)}]>"


def create_cookie(name, value, **kwargs):
    """A cookie for every host unless a domain is given."""
    rest = kwargs.pop("rest", {"HttpOnly": None})
    known = {key: kwargs.pop(key) for key in ("domain", "path", "expires", "secure") if key in kwargs}
    for key in ("version", "port", "discard", "comment", "comment_url", "rfc2109"):
        kwargs.pop(key, None)
    if kwargs:
        raise TypeError(f"create_cookie() got unexpected keyword arguments: {list(kwargs)}")
    cookie = Cookie(name, value, **known)
    cookie._rest = dict(rest)
    return cookie


def morsel_to_cookie(morsel):
    """The cookie of an http.cookies.Morsel."""
    import time
    expires = None
    if morsel["max-age"]:
        expires = int(time.time() + int(morsel["max-age"]))
    elif morsel["expires"]:
        from calendar import timegm
        expires = timegm(time.strptime(morsel["expires"], "%a, %d-%b-%Y %H:%M:%S GMT"))
    return create_cookie(morsel.key, morsel.value, domain=morsel["domain"], path=morsel["path"] or "/",
                         expires=expires, secure=bool(morsel["secure"]), rest={"HttpOnly": morsel["httponly"]})


def cookiejar_from_dict(cookie_dict, cookiejar=None, overwrite=True):
    """A jar with the names and values of a dictionary."""
    if cookiejar is None:
        cookiejar = RequestsCookieJar()
    if cookie_dict is not None:
        present = [cookie.name for cookie in cookiejar]
        for name in cookie_dict:
            if overwrite or name not in present:
                cookiejar.set_cookie(create_cookie(name, cookie_dict[name]))
    return cookiejar


def merge_cookies(cookiejar, cookies):
    """Adds cookies (a dictionary or a jar) to a jar."""
    if not hasattr(cookiejar, "set_cookie"):
        raise ValueError("You can only merge into CookieJar")
    if hasattr(cookies, "set_cookie"):
        for cookie in list(cookies):
            cookiejar.set_cookie(cookie)
    elif cookies is not None:
        cookiejar_from_dict(cookies, cookiejar=cookiejar, overwrite=False)
    return cookiejar


def get_cookie_header(jar, request):
    """The Cookie header of a request, or None."""
    if not isinstance(jar, RequestsCookieJar):
        jar = merge_cookies(RequestsCookieJar(), jar)
    return jar._java.header(request.url)


def extract_cookies_to_jar(jar, request, response):
    """Adds a raw response's cookies to a jar."""
    reply = getattr(response, "_reply", None)
    if reply is not None:
        for cookie in RequestsCookieJar._around(reply.cookies()):
            jar.set_cookie(cookie)


def remove_cookie_by_name(cookiejar, name, domain=None, path=None):
    for cookie in list(cookiejar):
        if cookie.name == name and domain in (None, cookie.domain) and path in (None, cookie.path):
            cookiejar.clear(cookie.domain, cookie.path, cookie.name)
