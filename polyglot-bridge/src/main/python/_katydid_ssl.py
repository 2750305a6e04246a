"""SSL contexts of scripts, as Java's TLS can be told of them.

Requests are encrypted by Java, which knows nothing of a Python context. What a script loads into one is remembered here
(a context does not tell it afterwards), so that `FastHttpUser.ssl_context_factory` has its effect: certificates,
authorities, and what is checked. Ciphers, protocol versions and options stay Java's.
"""
import os


def remember(ssl):
    """Makes the module's contexts remember the files they are given."""
    cls = ssl.SSLContext
    load_cert_chain, load_verify_locations = cls.load_cert_chain, cls.load_verify_locations

    def remember_chain(self, certfile, keyfile=None, password=None):
        load_cert_chain(self, certfile, keyfile, password)
        self._katydid_cert = os.fspath(certfile) if keyfile is None else (os.fspath(certfile), os.fspath(keyfile))

    def remember_locations(self, cafile=None, capath=None, cadata=None):
        load_verify_locations(self, cafile, capath, cadata)
        if cafile or capath:
            self._katydid_ca = os.fspath(cafile or capath)

    cls.load_cert_chain = remember_chain
    cls.load_verify_locations = remember_locations


def told(context):
    """(verify, cert, names) of a context: False, True or a path; None, a path or (certificate, key); whether the server's
    name is checked."""
    import ssl
    verify = context.verify_mode != ssl.CERT_NONE and (getattr(context, "_katydid_ca", None) or True)
    return verify, getattr(context, "_katydid_cert", None), bool(context.check_hostname)
