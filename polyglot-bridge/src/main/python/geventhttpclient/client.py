"""The name that locustfiles give FastHttpUser.client_pool; every user keeps connections of its own here."""


class HTTPClientPool:
    """Settings of a pool that users share in Locust."""

    def __init__(self, concurrency=10, **settings):
        self.concurrency = concurrency
        self.settings = settings
