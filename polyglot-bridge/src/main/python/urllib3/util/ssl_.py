"""TLS contexts. Ciphers and versions of requests are Java's: what a locustfile sets here is accepted and has no effect."""

DEFAULT_CIPHERS = "DEFAULT"
HAS_SNI = True
HAS_NEVER_CHECK_COMMON_NAME = True
IS_PYOPENSSL = False
IS_SECURETRANSPORT = False
ALPN_PROTOCOLS = ["http/1.1"]


def __getattr__(name):
    # The names that urllib3 takes over from `ssl`, which is not imported for nothing.
    import ssl
    if name == "SSLContext" or name.startswith(("PROTOCOL_", "OP_", "CERT_", "VERIFY_")) or name in ("TLSVersion", "SSLError"):
        return getattr(ssl, name)
    raise AttributeError(f"module 'urllib3.util.ssl_' has no attribute '{name}'")


def resolve_cert_reqs(candidate):
    """A number of `ssl` for a name: "CERT_NONE", "NONE"."""
    import ssl
    if candidate is None:
        return ssl.CERT_REQUIRED
    if isinstance(candidate, str):
        return getattr(ssl, candidate, None) or getattr(ssl, "CERT_" + candidate)
    return candidate


def resolve_ssl_version(candidate):
    """The same for "PROTOCOL_TLS", "TLS"."""
    import ssl
    if candidate is None:
        return ssl.PROTOCOL_TLS_CLIENT
    if isinstance(candidate, str):
        return getattr(ssl, candidate, None) or getattr(ssl, "PROTOCOL_" + candidate)
    return candidate


def ssl_wrap_socket(sock, keyfile=None, certfile=None, cert_reqs=None, ca_certs=None, server_hostname=None,
                    ssl_version=None, ciphers=None, ssl_context=None, ca_cert_dir=None, key_password=None,
                    ca_cert_data=None, tls_in_tls=False):
    """A TLS socket over a connected one."""
    context = ssl_context or create_urllib3_context(ssl_version, cert_reqs, ciphers=ciphers)
    if ca_certs or ca_cert_dir or ca_cert_data:
        context.load_verify_locations(ca_certs, ca_cert_dir, ca_cert_data)
    if certfile:
        context.load_cert_chain(certfile, keyfile, key_password)
    return context.wrap_socket(sock, server_hostname=server_hostname)



def create_urllib3_context(ssl_version=None, cert_reqs=None, options=None, ciphers=None, ssl_minimum_version=None,
                           ssl_maximum_version=None, verify_flags=None):
    """A context of the ssl module. Of one that an adapter gives to urllib3 the files count (_katydid_ssl)."""
    import ssl
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if cert_reqs is not None:
        if cert_reqs == ssl.CERT_NONE:
            context.check_hostname = False
        context.verify_mode = cert_reqs
    return context
