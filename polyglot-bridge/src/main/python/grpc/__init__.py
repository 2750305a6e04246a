"""gRPC's Python interface over Java's gRPC (class GrpcBridge): the client. Generated stubs run on it as they are."""
import logging as _logging

from grpc._codes import (ChannelConnectivity, Compression, FutureCancelledError, FutureTimeoutError, LocalConnectionType,
                         RpcError, StatusCode)
from grpc._grpcio_metadata import __version__
from grpc._interfaces import (AuthMetadataContext, AuthMetadataPlugin, AuthMetadataPluginCallback, Call, Channel,
                              ClientCallDetails, Future, GenericRpcHandler, HandlerCallDetails, RpcContext,
                              RpcMethodHandler, Server, ServerInterceptor, ServiceRpcHandler, ServicerContext, Status,
                              StreamStreamClientInterceptor, StreamStreamMultiCallable, StreamUnaryClientInterceptor,
                              StreamUnaryMultiCallable, UnaryStreamClientInterceptor, UnaryStreamMultiCallable,
                              UnaryUnaryClientInterceptor, UnaryUnaryMultiCallable)
from grpc import _channel, _connectivity
from grpc._credentials import (CallCredentials, ChannelCredentials, ServerCredentials, access_token_call_credentials,
                               alts_channel_credentials, composite_call_credentials, composite_channel_credentials,
                               compute_engine_channel_credentials, local_channel_credentials, metadata_call_credentials,
                               ssl_channel_credentials, xds_channel_credentials)
from grpc._interceptor import intercept_channel
from grpc._server import (alts_server_credentials, dynamic_ssl_server_credentials, insecure_server_credentials,
                          local_server_credentials, method_handlers_generic_handler, server,
                          ssl_server_certificate_configuration, ssl_server_credentials, stream_stream_rpc_method_handler,
                          stream_unary_rpc_method_handler, unary_stream_rpc_method_handler,
                          unary_unary_rpc_method_handler, xds_server_credentials)

_logging.getLogger(__name__).addHandler(_logging.NullHandler())


class ServerCertificateConfiguration:
    """That of a server; there is none here."""


def insecure_channel(target, options=None, compression=None):
    """A channel without encryption."""
    return _channel.Channel(target, options, None, compression)


def secure_channel(target, credentials, options=None, compression=None):
    """A channel with TLS, as the credentials say."""
    return _channel.Channel(target, options, credentials, compression)


def channel_ready_future(channel):
    """A future that is done when the channel is connected."""
    return _connectivity.ReadyFuture(channel)


def protos(protobuf_path):
    raise NotImplementedError("Generate the modules beforehand with an ordinary Python: python -m grpc_tools.protoc.")


services = protos_and_services = protos

from grpc import aio, experimental  # noqa: E402
