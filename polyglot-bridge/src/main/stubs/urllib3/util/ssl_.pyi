# Written by 'katydid stubs', which overwrites it.
import ssl
from typing import Any

def create_urllib3_context(
    ssl_version: Any = None, cert_reqs: Any = None, options: Any = None, ciphers: Any = None,
    ssl_minimum_version: Any = None, ssl_maximum_version: Any = None, verify_flags: Any = None) -> ssl.SSLContext:
    """A context of the ssl module. Katydid's own requests take `verify` and `cert` instead and ignore it."""
