"""Tells addresses from paths."""


def is_url(url):
    """Whether a text is an http or https address."""
    from urllib.parse import urlsplit
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
