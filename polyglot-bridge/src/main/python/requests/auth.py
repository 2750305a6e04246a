"""Ways to say who one is."""
from .cookies import extract_cookies_to_jar


def _basic_auth_str(username, password):
    """The value of the Authorization header for Basic authentication."""
    from binascii import b2a_base64
    if not isinstance(username, (str, bytes)):
        username = str(username)
    if not isinstance(password, (str, bytes)):
        password = str(password)
    if isinstance(username, str):
        username = username.encode("latin1")
    if isinstance(password, str):
        password = password.encode("latin1")
    return "Basic " + b2a_base64(username + b":" + password, newline=False).decode("ascii")


class AuthBase:
    """Base of things that can be given as `auth`: called with the prepared request, return it."""

    def __call__(self, r):
        raise NotImplementedError("Auth hooks must be callable.")


class HTTPBasicAuth(AuthBase):
    """User name and password in every request."""

    def __init__(self, username, password):
        self.username = username
        self.password = password

    def __eq__(self, other):
        return (self.username, self.password) == (
            getattr(other, "username", None), getattr(other, "password", None))

    def __ne__(self, other):
        return not self == other

    __hash__ = None

    def __call__(self, r):
        r.headers["Authorization"] = _basic_auth_str(self.username, self.password)
        return r


class HTTPProxyAuth(HTTPBasicAuth):
    """User name and password for the proxy."""

    def __call__(self, r):
        r.headers["Proxy-Authorization"] = _basic_auth_str(self.username, self.password)
        return r


class HTTPDigestAuth(AuthBase):
    """Answers the server's challenge with a digest (RFC 7616, without auth-int)."""

    _HASHES = {"MD5": "md5", "MD5-SESS": "md5", "SHA": "sha1", "SHA-256": "sha256", "SHA-512": "sha512"}

    def __init__(self, username, password):
        self.username = username
        self.password = password
        self._challenge = None
        self._nonce_count = 0
        self._last_nonce = ""
        self._answered = False
        self._body_position = None

    def build_digest_header(self, method, url):
        """The Authorization header for a request, or None if the challenge asks for something unknown."""
        import hashlib
        import os
        import time
        challenge = self._challenge
        realm, nonce, opaque = challenge["realm"], challenge["nonce"], challenge.get("opaque")
        qop, algorithm = challenge.get("qop"), challenge.get("algorithm")
        used = "MD5" if algorithm is None else algorithm.upper()
        if used not in self._HASHES:
            return None

        def digest(text):
            return hashlib.new(self._HASHES[used], text.encode("utf-8"), usedforsecurity=False).hexdigest()

        from urllib.parse import urlparse
        parts = urlparse(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        ha1 = digest(f"{self.username}:{realm}:{self.password}")
        ha2 = digest(f"{method}:{path}")
        self._nonce_count = self._nonce_count + 1 if nonce == self._last_nonce else 1
        count = f"{self._nonce_count:08x}"
        seed = f"{self._nonce_count}{nonce}{time.ctime()}".encode("utf-8") + os.urandom(8)
        cnonce = hashlib.sha1(seed, usedforsecurity=False).hexdigest()[:16]
        if used == "MD5-SESS":
            ha1 = digest(f"{ha1}:{nonce}:{cnonce}")
        if not qop:
            response = digest(f"{ha1}:{nonce}:{ha2}")
        elif "auth" in qop.split(","):
            response = digest(f"{ha1}:{nonce}:{count}:{cnonce}:auth:{ha2}")
        else:
            return None
        self._last_nonce = nonce
        header = (f'username="{self.username}", realm="{realm}", nonce="{nonce}", uri="{path}", '
                  f'response="{response}"')
        if opaque:
            header += f', opaque="{opaque}"'
        if algorithm:
            header += f', algorithm="{algorithm}"'
        if qop:
            header += f', qop="auth", nc={count}, cnonce="{cnonce}"'
        return "Digest " + header

    def handle_401(self, r, **kwargs):
        """Sends the request again with the answer to the challenge."""
        if not 400 <= r.status_code < 500:
            self._answered = False
            return r
        challenge = r.headers.get("www-authenticate", "")
        if "digest" not in challenge.lower() or self._answered:
            self._answered = False
            return r
        self._answered = True
        from .utils import parse_dict_header
        start = challenge.lower().index("digest") + len("digest ")
        self._challenge = parse_dict_header(challenge[start:])
        if self._body_position is not None:
            r.request.body.seek(self._body_position)
        r.content
        r.close()
        prepared = r.request.copy()
        extract_cookies_to_jar(prepared._cookies, r.request, r)
        prepared.prepare_cookies(prepared._cookies)
        prepared.headers["Authorization"] = self.build_digest_header(prepared.method, prepared.url)
        again = r.connection.send(prepared, **kwargs)
        again.history.append(r)
        again.request = prepared
        return again

    def handle_redirect(self, r, **kwargs):
        if r.is_redirect:
            self._answered = False

    def __call__(self, r):
        if self._challenge is not None and self._last_nonce:
            r.headers["Authorization"] = self.build_digest_header(r.method, r.url)
        try:
            self._body_position = r.body.tell()
        except AttributeError:
            self._body_position = None
        self._answered = False
        r.register_hook("response", self.handle_401)
        r.register_hook("response", self.handle_redirect)
        return r

    def __eq__(self, other):
        return (self.username, self.password) == (
            getattr(other, "username", None), getattr(other, "password", None))

    def __ne__(self, other):
        return not self == other

    __hash__ = None
