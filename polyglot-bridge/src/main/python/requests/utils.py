"""Small functions that scripts import from requests."""
import os

from . import certs
from .__version__ import __version__
from .cookies import cookiejar_from_dict
from .exceptions import InvalidHeader, InvalidURL
from .structures import CaseInsensitiveDict

NETRC_FILES = (".netrc", "_netrc")
DEFAULT_CA_BUNDLE_PATH = certs.where()
DEFAULT_PORTS = {"http": 80, "https": 443}
DEFAULT_ACCEPT_ENCODING = "gzip, deflate, br"
UNRESERVED_SET = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def default_user_agent(name="python-requests"):
    return f"{name}/{__version__}"


def default_headers():
    from . import sessions
    return CaseInsensitiveDict(sessions.default_headers())


def dict_to_sequence(d):
    return d.items() if hasattr(d, "items") else d


def to_key_val_list(value):
    """The pairs of a dictionary or a list of pairs."""
    if value is None:
        return None
    if isinstance(value, (str, bytes, bool, int)):
        raise ValueError("cannot encode objects that are not 2-tuples")
    return list(value.items() if hasattr(value, "items") else value)


def from_key_val_list(value):
    if value is None:
        return None
    if isinstance(value, (str, bytes, bool, int)):
        raise ValueError("cannot encode objects that are not 2-tuples")
    from collections import OrderedDict
    return OrderedDict(value)


def super_len(o):
    """How many bytes of something are left to send."""
    total = None
    position = 0
    if isinstance(o, str):
        o = o.encode("utf-8")
    if hasattr(o, "__len__"):
        total = len(o)
    elif hasattr(o, "len"):
        total = o.len
    elif hasattr(o, "fileno"):
        try:
            total = os.fstat(o.fileno()).st_size
        except (OSError, AttributeError):
            total = None
    if hasattr(o, "tell"):
        try:
            position = o.tell()
        except OSError:
            if total is not None:
                position = total
        else:
            if hasattr(o, "seek") and total is None:
                try:
                    o.seek(0, 2)
                    total = o.tell()
                    o.seek(position or 0)
                except OSError:
                    total = 0
    return max(0, (total or 0) - position)


def guess_filename(obj):
    """The name of an open file."""
    name = getattr(obj, "name", None)
    if name and isinstance(name, (str, bytes)) and name[:1] not in ("<", b"<") and name[-1:] not in (">", b">"):
        return os.path.basename(name)
    return None


def get_netrc_auth(url, raise_errors=False):
    """(user, password) of the host in ~/.netrc, or None."""
    path = os.environ.get("NETRC")
    candidates = [path] if path else [os.path.expanduser(f"~/{name}") for name in NETRC_FILES]
    path = next((candidate for candidate in candidates if os.path.exists(candidate)), None)
    if path is None:
        return None
    from netrc import NetrcParseError, netrc
    from urllib.parse import urlsplit
    try:
        found = netrc(path).authenticators(urlsplit(url).hostname)
    except (NetrcParseError, OSError):
        if raise_errors:
            raise
        return None
    return (found[0] or found[1], found[2]) if found else None


def get_auth_from_url(url):
    """(user, password) of a URL, both possibly empty."""
    from urllib.parse import unquote, urlsplit
    parts = urlsplit(url)
    try:
        return unquote(parts.username), unquote(parts.password)
    except (AttributeError, TypeError):
        return "", ""


def urldefragauth(url):
    """The URL without fragment and credentials."""
    from urllib.parse import urlsplit, urlunsplit
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rsplit("@", 1)[-1], parts.path, parts.query, ""))


def prepend_scheme_if_needed(url, new_scheme):
    return url if "://" in url else f"{new_scheme}://{url}"


def requote_uri(uri):
    """Quotes what may not stand in a URL, and unquotes what need not be quoted."""
    from urllib.parse import quote
    parts = uri.split("%")
    out = [parts[0]]
    for part in parts[1:]:
        digits = part[:2]
        if len(digits) == 2 and digits.isalnum():
            try:
                char = chr(int(digits, 16))
            except ValueError:
                return quote(uri, safe="!#$&'()*+,/:;=?@[]~")
            out.append(char + part[2:] if char in UNRESERVED_SET else "%" + part)
        else:
            out.append("%" + part)
    return quote("".join(out), safe="!#$%&'()*+,/:;=?@[]~")


def unquote_unreserved(uri):
    """Unquotes what need not be quoted; InvalidURL for a percent sign without digits' meaning."""
    parts = uri.split("%")
    for index in range(1, len(parts)):
        digits = parts[index][:2]
        if len(digits) == 2 and digits.isalnum():
            try:
                char = chr(int(digits, 16))
            except ValueError:
                raise InvalidURL(f"Invalid percent-escape sequence: '{digits}'") from None
            parts[index] = char + parts[index][2:] if char in UNRESERVED_SET else f"%{parts[index]}"
        else:
            parts[index] = f"%{parts[index]}"
    return "".join(parts)


def check_header_validity(header):
    """Raises InvalidHeader for a name or value that cannot be sent."""
    for part, is_name in zip(header, (True, False)):
        if part is None and not is_name:
            continue
        if not isinstance(part, (str, bytes)):
            raise InvalidHeader(
                f"Header part ({part!r}) from {header} must be of type str or bytes, not {type(part)}")
        text = part.decode("latin-1") if isinstance(part, bytes) else part
        bad = "\r" in text or "\n" in text or text[:1].isspace() or (is_name and (not text or ":" in text))
        if bad:
            kind = "name" if is_name else "value"
            raise InvalidHeader("Invalid leading whitespace, reserved character(s), or return character(s) in header "
                                f"{kind}: {part!r}")


def get_encoding_from_headers(headers):
    """The encoding Content-Type names, or the usual one of its type, or None."""
    content_type = headers.get("content-type")
    if not content_type:
        return None
    kind, *parameters = content_type.split(";")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip("'\" ")
    if "text" in kind:
        return "ISO-8859-1"
    if "application/json" in kind:
        return "utf-8"
    return None


def detected_encoding(content):
    """The encoding bytes look like: a byte order mark, ascii, utf-8, or else Windows-1252."""
    if content is None:
        raise TypeError("Expected object of type bytes or bytearray, got: <class 'NoneType'>")
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"),
                       (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return name
    if content.isascii():
        return "ascii" if content else "utf-8"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"


def guess_json_utf(data):
    """Which of the UTF encodings a JSON document is in."""
    sample = data[:4]
    if sample in (b"\xff\xfe\0\0", b"\0\0\xfe\xff"):
        return "utf-32"
    if sample[:3] == b"\xef\xbb\xbf":
        return "utf-8-sig"
    if sample[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    zeros = sample.count(0)
    if zeros == 0:
        return "utf-8"
    if zeros == 2:
        return "utf-16-be" if sample[::2] == b"\0\0" else "utf-16-le" if sample[1::2] == b"\0\0" else None
    if zeros == 3:
        return "utf-32-be" if sample[:3] == b"\0\0\0" else "utf-32-le" if sample[1:] == b"\0\0\0" else None
    return None


def get_unicode_from_response(r):
    return r.text


def iter_slices(string, slice_length):
    if slice_length is None or slice_length <= 0:
        slice_length = len(string)
    for start in range(0, len(string), max(slice_length, 1)):
        yield string[start:start + slice_length]


def parse_list_header(value):
    """The elements of a comma-separated header, quotes removed."""
    return [element for element, _ in _elements(value)]


def parse_dict_header(value):
    """`a="b", c=d` as a dictionary; a name without value is None."""
    result = {}
    for element, raw in _elements(value):
        if "=" not in raw:
            result[raw] = None
            continue
        name, _, text = raw.partition("=")
        result[name.strip()] = unquote_header_value(text.strip())
    return result


def _elements(value):
    out, current, quoted, escaped = [], "", False, False
    for char in value:
        if escaped:
            escaped = False
        elif char == "\\" and quoted:
            escaped = True
        elif char == '"':
            quoted = not quoted
        elif char == "," and not quoted:
            out.append(current.strip())
            current = ""
            continue
        current += char
    if current.strip():
        out.append(current.strip())
    return [(unquote_header_value(element), element) for element in out]


def unquote_header_value(value, is_filename=False):
    if value and value[0] == value[-1] == '"' and len(value) > 1:
        value = value[1:-1]
        if not is_filename or value[:2] != "\\\\":
            return value.replace("\\\\", "\\").replace('\\"', '"')
    return value


def parse_header_links(value):
    """The links of a Link header."""
    links = []
    value = value.strip(" '\"")
    if not value:
        return links
    for text in value.replace(", <", ",<").split(",<"):
        url, _, parameters = text.partition(";")
        link = {"url": url.strip("<> '\"")}
        for parameter in parameters.split(";"):
            name, equals, content = parameter.partition("=")
            if not equals:
                break
            link[name.strip(" '\"")] = content.strip(" '\"")
        links.append(link)
    return links


def dict_from_cookiejar(cj):
    return {cookie.name: cookie.value for cookie in cj}


def add_dict_to_cookiejar(cj, cookie_dict):
    return cookiejar_from_dict(cookie_dict, cj)


def is_ipv4_address(string_ip):
    parts = string_ip.split(".")
    return len(parts) == 4 and all(part.isdigit() and int(part) < 256 for part in parts)


def getproxies_environment():
    """Proxies by scheme from http_proxy, https_proxy, all_proxy, no_proxy and their upper-case forms."""
    proxies = {}
    for name, value in os.environ.items():
        lower = name.lower()
        if value and lower.endswith("_proxy"):
            if name == lower or lower[:-6] not in proxies:
                proxies[lower[:-6]] = value
    if "REQUEST_METHOD" in os.environ:
        proxies.pop("http", None)
    return proxies


getproxies = getproxies_environment


def should_bypass_proxies(url, no_proxy=None):
    """Whether no_proxy names the URL's host."""
    from urllib.parse import urlsplit
    parts = urlsplit(url)
    host = parts.hostname
    if host is None:
        return True
    names = no_proxy or os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or ""
    for name in names.replace(" ", "").split(","):
        name = name.lstrip(".").lower()
        if name == "*" or name and (host == name or host.endswith("." + name) or name == f"{host}:{parts.port}"):
            return True
    return False


proxy_bypass = proxy_bypass_environment = should_bypass_proxies


def get_environ_proxies(url, no_proxy=None):
    return {} if should_bypass_proxies(url, no_proxy) else getproxies_environment()


def select_proxy(url, proxies):
    """The proxy for a URL: by scheme and host, scheme, or all."""
    from urllib.parse import urlsplit
    proxies = proxies or {}
    parts = urlsplit(url)
    for key in (f"{parts.scheme}://{parts.hostname}", parts.scheme, f"all://{parts.hostname}", "all"):
        if key in proxies:
            return proxies[key]
    return None


def resolve_proxies(request, proxies, trust_env=True):
    proxies = dict(proxies or {})
    if trust_env:
        for scheme, proxy in get_environ_proxies(request.url, proxies.get("no_proxy")).items():
            proxies.setdefault(scheme, proxy)
    return proxies


def rewind_body(prepared_request):
    prepared_request.body.seek(prepared_request._body_position)


def to_native_string(string, encoding="ascii"):
    return string if isinstance(string, str) else string.decode(encoding)


def unicode_is_ascii(u_string):
    return u_string.isascii()


def quote(*args, **kwargs):
    from urllib.parse import quote as standard
    return standard(*args, **kwargs)


def unquote(*args, **kwargs):
    from urllib.parse import unquote as standard
    return standard(*args, **kwargs)


def urlparse(*args, **kwargs):
    from urllib.parse import urlparse as standard
    return standard(*args, **kwargs)
