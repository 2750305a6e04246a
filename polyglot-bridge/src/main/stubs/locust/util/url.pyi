# Written by 'katydid stubs', which overwrites it.
def is_url(url: str) -> bool:
    """Whether a text is an http or https address."""
