"""The names of gRPC's states and errors."""
import enum


@enum.unique
class StatusCode(enum.Enum):
    """How a call has ended."""

    OK = (0, "ok")
    CANCELLED = (1, "cancelled")
    UNKNOWN = (2, "unknown")
    INVALID_ARGUMENT = (3, "invalid argument")
    DEADLINE_EXCEEDED = (4, "deadline exceeded")
    NOT_FOUND = (5, "not found")
    ALREADY_EXISTS = (6, "already exists")
    PERMISSION_DENIED = (7, "permission denied")
    RESOURCE_EXHAUSTED = (8, "resource exhausted")
    FAILED_PRECONDITION = (9, "failed precondition")
    ABORTED = (10, "aborted")
    OUT_OF_RANGE = (11, "out of range")
    UNIMPLEMENTED = (12, "unimplemented")
    INTERNAL = (13, "internal")
    UNAVAILABLE = (14, "unavailable")
    DATA_LOSS = (15, "data loss")
    UNAUTHENTICATED = (16, "unauthenticated")


@enum.unique
class ChannelConnectivity(enum.Enum):
    """What a channel does about its connection."""

    IDLE = (0, "idle")
    CONNECTING = (1, "connecting")
    READY = (2, "ready")
    TRANSIENT_FAILURE = (3, "transient failure")
    SHUTDOWN = (4, "shutdown")


@enum.unique
class Compression(enum.IntEnum):
    """How messages are compressed."""

    NoCompression = 0
    Deflate = 1
    Gzip = 2


@enum.unique
class LocalConnectionType(enum.Enum):
    """What kind of local connection is trusted."""

    UDS = 0
    LOCAL_TCP = 1


class RpcError(Exception):
    """A call has failed."""


class FutureTimeoutError(Exception):
    """A result was not there in time."""


class FutureCancelledError(Exception):
    """A result will never be there, because the call was cancelled."""


CODES = {code.value[0]: code for code in StatusCode}
CONNECTIVITIES = {state.value[0]: state for state in ChannelConnectivity}
for _public in (StatusCode, ChannelConnectivity, Compression, LocalConnectionType, RpcError, FutureTimeoutError,
                FutureCancelledError):
    _public.__module__ = "grpc"
