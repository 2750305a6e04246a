"""Takes the place of the package `cryptography`, which Locust's test helpers import to make a certificate: openssl does."""
import os
import subprocess
import sys
import tempfile
import types

_MODULES = {"cryptography": ("x509",), "cryptography.x509": (), "cryptography.x509.oid": ("NameOID",),
            "cryptography.hazmat": (), "cryptography.hazmat.backends": ("default_backend",),
            "cryptography.hazmat.primitives": ("hashes", "serialization"),
            "cryptography.hazmat.primitives.asymmetric": ("rsa",)}


def install():
    """Before locust.test.util is imported."""
    for name, members in _MODULES.items():
        module = types.ModuleType(name)
        module.__path__ = []
        for member in members:
            setattr(module, member, None)
        sys.modules[name] = module


def create_tls_cert(hostname):
    with tempfile.TemporaryDirectory() as folder:
        key, cert = os.path.join(folder, "key.pem"), os.path.join(folder, "cert.pem")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3650", "-subj",
                        f"/CN={hostname}", "-keyout", key, "-out", cert], check=True, stderr=subprocess.DEVNULL)
        with open(key, "rb") as key_file, open(cert, "rb") as cert_file:
            return cert_file.read(), key_file.read()
