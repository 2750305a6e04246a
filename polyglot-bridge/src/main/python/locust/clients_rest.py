"""rest() and rest_(): requests whose answer is JSON. The same for HttpUser and FastHttpUser."""


class RestMixin:
    """Adds rest() and rest_() to a user with a client."""

    def rest(self, method, url, headers=None, **kwargs):
        """A with-block around a JSON request: yields the response with `js`, the parsed JSON or None. What is raised
        in the block becomes the request's failure."""
        return _RestBlock(self.client, method, url, headers, kwargs)

    def rest_(self, method, url, name=None, **kwargs):
        """As rest(), with a parameter `_` that keeps caches away: the time in milliseconds."""
        import time
        separator = "&" if "?" in url else "?"
        if name is None:
            name = f"{url}{separator}_=..."
        return self.rest(method, f"{url}{separator}_={int(time.time() * 1000)}", name=name, **kwargs)


class _RestBlock:
    """The with-block of one request."""

    def __init__(self, client, method, url, headers, kwargs):
        sent = {} if headers is None else dict(headers)
        present = {name.lower() for name in sent}
        for name in ("Content-Type", "Accept"):
            if name.lower() not in present:
                sent[name] = "application/json"
        self._response = client.request(method, url, catch_response=True, headers=sent, **kwargs)

    def __enter__(self):
        response = self._response.__enter__()
        response.js = None
        content = response.content
        if content is None:
            response.failure(str(response.error))
        elif content:
            try:
                response.js = response.json()
            except ValueError as error:
                response.failure(f"Could not parse response as JSON. {response.text[:250]}, response code "
                                 f"{response.status_code}, error {error}")
        return response

    def __exit__(self, kind, error, traceback):
        response = self._response
        if isinstance(error, AssertionError):
            text = str(error)
            if not text:
                response.failure("Assertion failed")
            elif text.endswith(","):
                response.failure(f"{text[:-1]}, response was {(response.text or '')[:200]}")
            else:
                response.failure(text)
        elif isinstance(error, Exception):
            response.failure(f"{kind.__name__}: {error} at {_frames(traceback)}. Response was "
                             f"{(response.text or '')[:200]}")
        elif error is not None:
            return response.__exit__(kind, error, traceback)
        response.__exit__(None, None, None)
        return True


def _frames(traceback):
    """Where it happened: `file:line in function`, outermost first; the home folder as `~/`."""
    import os
    home = os.path.expanduser("~/")
    places = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        name = code.co_filename
        if name.startswith(home):
            name = "~/" + name[len(home):]
        places.append(f"{name}:{traceback.tb_lineno} in {code.co_name}")
        traceback = traceback.tb_next
    return ", ".join(places)
