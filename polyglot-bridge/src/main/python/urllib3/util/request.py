"""Usual headers."""


def make_headers(keep_alive=None, accept_encoding=None, user_agent=None, basic_auth=None, proxy_basic_auth=None,
                 disable_cache=None):
    """A dictionary of the headers asked for."""
    from base64 import b64encode
    headers = {}
    if accept_encoding:
        if isinstance(accept_encoding, (list, tuple)):
            accept_encoding = ",".join(accept_encoding)
        headers["accept-encoding"] = accept_encoding if isinstance(accept_encoding, str) else "gzip,deflate,br"
    if user_agent:
        headers["user-agent"] = user_agent
    if keep_alive:
        headers["connection"] = "keep-alive"
    if basic_auth:
        headers["authorization"] = "Basic " + b64encode(basic_auth.encode("latin-1")).decode()
    if proxy_basic_auth:
        headers["proxy-authorization"] = "Basic " + b64encode(proxy_basic_auth.encode("latin-1")).decode()
    if disable_cache:
        headers["cache-control"] = "no-cache"
    return headers
