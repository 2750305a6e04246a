# Written by 'katydid stubs', which overwrites it.
def make_headers(
    keep_alive: bool | None = None, accept_encoding: bool | str | list[str] | None = None,
    user_agent: str | None = None, basic_auth: str | None = None, proxy_basic_auth: str | None = None,
    disable_cache: bool | None = None) -> dict[str, str]:
    """A dictionary of the headers asked for."""
