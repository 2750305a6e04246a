"""TLS contexts."""


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
