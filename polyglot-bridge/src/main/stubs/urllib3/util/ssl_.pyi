# Written by 'katydid stubs', which overwrites it.
import ssl
from ssl import (
    CERT_REQUIRED as CERT_REQUIRED, OP_NO_COMPRESSION as OP_NO_COMPRESSION, OP_NO_TICKET as OP_NO_TICKET,
    OP_NO_SSLv2 as OP_NO_SSLv2, OP_NO_SSLv3 as OP_NO_SSLv3, PROTOCOL_TLS as PROTOCOL_TLS,
    PROTOCOL_TLS_CLIENT as PROTOCOL_TLS_CLIENT, SSLContext as SSLContext, TLSVersion as TLSVersion)
from typing import Any

# Ciphers and versions of requests are Java's: what is set here has no effect.
DEFAULT_CIPHERS: str
HAS_SNI: bool
HAS_NEVER_CHECK_COMMON_NAME: bool
IS_PYOPENSSL: bool
IS_SECURETRANSPORT: bool
ALPN_PROTOCOLS: list[str]

def resolve_cert_reqs(candidate: Any) -> Any:
    """A number of `ssl` for a name: "CERT_NONE", "NONE"."""

def resolve_ssl_version(candidate: Any) -> Any:
    """The same for "PROTOCOL_TLS", "TLS"."""

def ssl_wrap_socket(
    sock: Any, keyfile: str | None = None, certfile: str | None = None, cert_reqs: Any = None,
    ca_certs: str | None = None, server_hostname: str | None = None, ssl_version: Any = None, ciphers: Any = None,
    ssl_context: ssl.SSLContext | None = None, ca_cert_dir: str | None = None, key_password: str | None = None,
    ca_cert_data: str | bytes | None = None, tls_in_tls: bool = False) -> ssl.SSLSocket:
    """A TLS socket over a connected one."""

def create_urllib3_context(
    ssl_version: Any = None, cert_reqs: Any = None, options: Any = None, ciphers: Any = None,
    ssl_minimum_version: Any = None, ssl_maximum_version: Any = None, verify_flags: Any = None) -> ssl.SSLContext:
    """A context of the ssl module. Of one that an adapter gives to urllib3 the files count."""
