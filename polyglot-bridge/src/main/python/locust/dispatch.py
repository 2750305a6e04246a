"""The dispatcher's name. Who runs how many users is decided in Java, so a dispatcher of one's own has no effect."""


class UsersDispatcher:
    """What Environment(dispatcher_class=...) is given by default."""

    def __init__(self, worker_nodes, user_classes):
        self._worker_nodes = worker_nodes
        self._user_classes = user_classes
