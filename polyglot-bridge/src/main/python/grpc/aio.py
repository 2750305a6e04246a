"""grpc.aio is not here: packages that only name its classes load, and using it raises."""
from grpc._codes import RpcError

NO_AIO = ("Katydid has no grpc.aio: use grpc.insecure_channel() and the other calls of grpc, which let other users run "
          "while they wait.")


class _Absent:
    def __init__(self, *arguments, **named):
        raise NotImplementedError(NO_AIO)


def insecure_channel(*arguments, **named):
    raise NotImplementedError(NO_AIO)


secure_channel = server = init_grpc_aio = insecure_channel


class AioRpcError(RpcError):
    """The error of a call; never raised here."""


class UsageError(Exception):
    """Never raised here."""


def __getattr__(name):
    if not name[:1].isupper():
        raise AttributeError(f"module 'grpc.aio' has no attribute '{name}'. {NO_AIO}")
    made = globals()[name] = type(name, (_Absent,), {"__module__": __name__})
    return made
