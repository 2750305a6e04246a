"""The abstract classes of gRPC's Python interface: people derive from them and ask for them with isinstance."""
import abc


class Future(abc.ABC):
    """Something that has a result later."""


class RpcContext(abc.ABC):
    """A call, from inside."""


class Call(RpcContext):
    """A call, seen by the client."""


class Channel(abc.ABC):
    """The way to a server."""

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        self.close()


class UnaryUnaryMultiCallable(abc.ABC):
    """A method with one request and one response."""


class UnaryStreamMultiCallable(abc.ABC):
    """A method with one request and many responses."""


class StreamUnaryMultiCallable(abc.ABC):
    """A method with many requests and one response."""


class StreamStreamMultiCallable(abc.ABC):
    """A method with many requests and many responses."""


class ClientCallDetails(abc.ABC):
    """What an interceptor is told about a call: method, timeout, metadata, credentials, wait_for_ready, compression."""


class UnaryUnaryClientInterceptor(abc.ABC):
    """Stands between a caller and a method of one request and one response."""

    @abc.abstractmethod
    def intercept_unary_unary(self, continuation, client_call_details, request):
        raise NotImplementedError


class UnaryStreamClientInterceptor(abc.ABC):
    """Stands between a caller and a method of one request and many responses."""

    @abc.abstractmethod
    def intercept_unary_stream(self, continuation, client_call_details, request):
        raise NotImplementedError


class StreamUnaryClientInterceptor(abc.ABC):
    """Stands between a caller and a method of many requests and one response."""

    @abc.abstractmethod
    def intercept_stream_unary(self, continuation, client_call_details, request_iterator):
        raise NotImplementedError


class StreamStreamClientInterceptor(abc.ABC):
    """Stands between a caller and a method of many requests and many responses."""

    @abc.abstractmethod
    def intercept_stream_stream(self, continuation, client_call_details, request_iterator):
        raise NotImplementedError


class AuthMetadataContext(abc.ABC):
    """The call an AuthMetadataPlugin is asked about: service_url and method_name."""


class AuthMetadataPluginCallback(abc.ABC):
    """What an AuthMetadataPlugin calls with metadata and error."""


class AuthMetadataPlugin(abc.ABC):
    """Finds the metadata by which a call proves who it is from."""

    @abc.abstractmethod
    def __call__(self, context, callback):
        raise NotImplementedError


class Status(abc.ABC):
    """How a call ends: code, details, trailing_metadata."""


class RpcMethodHandler(abc.ABC):
    """One method of a server."""


class HandlerCallDetails(abc.ABC):
    """What a server's handler is told about a call."""


class GenericRpcHandler(abc.ABC):
    """Methods of a server."""


class ServiceRpcHandler(GenericRpcHandler):
    """The methods of a service of a server."""


class ServerInterceptor(abc.ABC):
    """Stands between a server and its methods."""


class ServicerContext(RpcContext):
    """A call, seen by the server."""


class Server(abc.ABC):
    """A server; there is none here."""


for _public in list(globals().values()):
    if isinstance(_public, abc.ABCMeta):
        _public.__module__ = "grpc"
