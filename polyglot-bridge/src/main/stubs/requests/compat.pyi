# Written by 'katydid stubs', which overwrites it.
import builtins
import json as json
from collections import OrderedDict as OrderedDict
from collections.abc import Callable as Callable, Mapping as Mapping, MutableMapping as MutableMapping
from http import cookiejar
from http.cookies import Morsel as Morsel
from io import StringIO as StringIO
from json import JSONDecodeError as JSONDecodeError
from urllib.parse import (
    quote as quote, quote_plus as quote_plus, unquote as unquote, unquote_plus as unquote_plus, urldefrag as urldefrag,
    urlencode as urlencode, urljoin as urljoin, urlparse as urlparse, urlsplit as urlsplit, urlunparse as urlunparse)
from urllib.request import (
    getproxies as getproxies, getproxies_environment as getproxies_environment, parse_http_list as parse_http_list,
    proxy_bypass as proxy_bypass)

cookielib = cookiejar
proxy_bypass_environment = proxy_bypass
is_py2: bool
is_py3: bool
has_simplejson: bool
builtin_str = builtins.str
bytes = builtins.bytes
str = builtins.str
basestring: tuple[type, ...]
numeric_types: tuple[type, ...]
integer_types: tuple[type, ...]
