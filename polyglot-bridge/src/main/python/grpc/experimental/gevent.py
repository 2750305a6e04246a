"""grpcio has to be told about gevent; here everything that waits lets others run anyway."""


def init_gevent():
    """Does nothing."""
