"""Stands in for the certifi package. Katydid trusts the certificate authorities of the Java runtime it runs on;
the path given here means exactly these wherever Katydid's HTTP client is handed it."""
import os

__version__ = "2026.10.18"


def where():
    return os.path.join(os.path.dirname(__file__), "cacert.pem")


def contents():
    with open(where(), encoding="ascii") as file:
        return file.read()
