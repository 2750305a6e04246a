"""Query strings and forms, quoted as urllib.parse.urlencode does it, without its import."""

_SAFE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~")
_ASCII = {code: (chr(code) if chr(code) in _SAFE else "+" if code == 32 else f"%{code:02X}") for code in range(128)}


def quote_plus(value):
    """One name or value of a query."""
    if isinstance(value, bytes):
        value = value.decode("latin-1")
        return "".join(_ASCII[ord(c)] if c < "\x80" else f"%{ord(c):02X}" for c in value)
    if not isinstance(value, str):
        value = str(value)
    if value.isascii():
        return value if value.isalnum() else value.translate(_ASCII)
    return "".join(_ASCII[byte] if byte < 128 else f"%{byte:02X}" for byte in value.encode("utf-8"))


def pairs_of(data):
    """The (name, value) pairs of a dictionary or a list of pairs; ValueError for anything else."""
    if hasattr(data, "items"):
        return data.items()
    if isinstance(data, (str, bytes, bool, int)):
        raise ValueError("cannot encode objects that are not 2-tuples")
    return list(data)


def encode(data):
    """The query of a dictionary or pairs; text stays as it is. A list as a value repeats its name, None leaves it out."""
    if isinstance(data, (str, bytes)) or hasattr(data, "read"):
        return data
    if not hasattr(data, "__iter__"):
        return data
    out = []
    for name, values in pairs_of(data):
        if isinstance(values, (str, bytes)) or not hasattr(values, "__iter__"):
            if values is not None:
                out.append(quote_plus(name) + "=" + quote_plus(values))
        else:
            name = quote_plus(name)
            for value in values:
                if value is not None:
                    out.append(name + "=" + quote_plus(value))
    return "&".join(out)


def form(data):
    """The body of a form with these fields, as FastHttpUser sends it: one value each."""
    pairs = data.items() if isinstance(data, dict) else data
    return "&".join([quote_plus(name) + "=" + quote_plus(value) for name, value in pairs])


def with_query(url, query):
    """The URL with more query."""
    if not query:
        return url
    fragment = ""
    if "#" in url:
        url, _, fragment = url.partition("#")
        fragment = "#" + fragment
    if "?" not in url:
        separator = "?"
    else:
        separator = "" if url.endswith("?") else "&"
    return url + separator + query + fragment


def is_http(url):
    """Whether a URL starts with http:// or https://, in any case."""
    if url.startswith(("http://", "https://")):
        return True
    return url[:4] in ("HTTP", "Http") and url[:8].lower().startswith(("http://", "https://")) or (
        url[:4].lower() == "http" and url[4:8].lower().startswith(("://", "s://")))
