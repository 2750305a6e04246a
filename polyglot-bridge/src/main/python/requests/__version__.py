"""The version of requests whose behaviour this package follows."""
__title__ = "requests"
__description__ = "The requests API on Katydid's HTTP client."
__url__ = "https://requests.readthedocs.io"
__version__ = "2.34.2"
__build__ = 0x023402
__license__ = "Apache-2.0"
