"""Jars of http.cookiejar that a script gives to a session, such as those that are kept in files: from then on they show
and change the cookies that Java sends."""
from http.cookiejar import Cookie, CookieJar


class _Joined:
    """What a jar's class gets in front. The cookies are in Java."""

    @property
    def _cookies(self):
        """By domain, path and name, as CookieJar keeps them."""
        found = {}
        for cookie in self._as_session_has_it():
            found.setdefault(cookie.domain, {}).setdefault(cookie.path, {})[cookie.name] = Cookie(
                0, cookie.name, cookie.value, None, False, cookie.domain, cookie.domain_specified,
                cookie.domain_initial_dot, cookie.path, cookie.path_specified, cookie.secure, cookie.expires,
                cookie.discard, None, None, cookie._rest)
        return found

    @_cookies.setter
    def _cookies(self, cookies):
        self._java.delete(None, None, None)
        for paths in cookies.values():
            for names in paths.values():
                for cookie in names.values():
                    self.set_cookie(cookie)

    def _as_session_has_it(self):
        from .cookies import RequestsCookieJar
        return RequestsCookieJar._around(self._java)

    def set_cookie(self, cookie, *args, **kwargs):
        self._as_session_has_it().set_cookie(cookie)

    def clear(self, domain=None, path=None, name=None):
        self._as_session_has_it().clear(domain, path, name)

    def clear_session_cookies(self):
        self._as_session_has_it().clear_session_cookies()

    def clear_expired_cookies(self):
        self._as_session_has_it().clear_expired_cookies()

    def __getstate__(self):
        state = super().__getstate__()
        state = dict(state if state is not None else self.__dict__)
        del state["_java"]
        state["_cookies"] = self._cookies
        return state

    def __reduce__(self):
        return _plain, (type(self)._of, self.__getstate__())


def _plain(kind, state):
    """A copy of a joined jar, which belongs to no session."""
    import threading
    jar = kind.__new__(kind)
    jar.__dict__.update(state)
    jar.__dict__["_cookies_lock"] = threading.RLock()
    return jar


def join(jar, java):
    """The jar, which shows the Java jar from now on. Objects that are no jars of http.cookiejar stay as they are."""
    if not isinstance(jar, CookieJar):
        from .cookies import RequestsCookieJar
        return RequestsCookieJar._around(java)
    kind = getattr(type(jar), "_of", type(jar))
    jar.__dict__.pop("_cookies", None)
    jar._java = java
    jar.__class__ = type(kind.__name__, (_Joined, kind), {"_of": kind, "__module__": kind.__module__})
    return jar
