"""Names that are the same for every Python."""
is_py2 = False
is_py3 = True
builtin_str = str
bytes = bytes
str = str
basestring = (str, bytes)
numeric_types = (int, float)
integer_types = (int,)
has_simplejson = False

_HOMES = {
    "urllib.parse": ("quote", "quote_plus", "unquote", "unquote_plus", "urldefrag", "urlencode", "urljoin",
                     "urlparse", "urlsplit", "urlunparse"),
    "urllib.request": ("getproxies", "getproxies_environment", "parse_http_list", "proxy_bypass",
                       "proxy_bypass_environment"),
    "collections.abc": ("Callable", "Mapping", "MutableMapping"),
    "collections": ("OrderedDict",),
    "http.cookies": ("Morsel",),
    "io": ("StringIO",),
    "json": ("JSONDecodeError",),
}


def __getattr__(name):
    import importlib
    if name == "json":
        return importlib.import_module("json")
    if name == "cookielib":
        return importlib.import_module("http.cookiejar")
    for home, names in _HOMES.items():
        if name in names:
            return getattr(importlib.import_module(home), name)
    raise AttributeError(f"module 'requests.compat' has no attribute '{name}'")
