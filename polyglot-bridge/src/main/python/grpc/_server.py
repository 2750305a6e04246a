"""What generated modules name for servers. There is no server here; its parts can be made, so that the modules load."""
import collections

from grpc._interfaces import RpcMethodHandler, ServiceRpcHandler

NO_SERVER = "Katydid has gRPC's client only: run the server as a program of its own, with an ordinary Python."

_FIELDS = ("request_streaming", "response_streaming", "request_deserializer", "response_serializer", "unary_unary",
           "unary_stream", "stream_unary", "stream_stream")


class _Handler(collections.namedtuple("_RpcMethodHandler", _FIELDS), RpcMethodHandler):
    """One method of a server."""


def unary_unary_rpc_method_handler(behavior, request_deserializer=None, response_serializer=None):
    return _Handler(False, False, request_deserializer, response_serializer, behavior, None, None, None)


def unary_stream_rpc_method_handler(behavior, request_deserializer=None, response_serializer=None):
    return _Handler(False, True, request_deserializer, response_serializer, None, behavior, None, None)


def stream_unary_rpc_method_handler(behavior, request_deserializer=None, response_serializer=None):
    return _Handler(True, False, request_deserializer, response_serializer, None, None, behavior, None)


def stream_stream_rpc_method_handler(behavior, request_deserializer=None, response_serializer=None):
    return _Handler(True, True, request_deserializer, response_serializer, None, None, None, behavior)


class _GenericHandler(ServiceRpcHandler):
    def __init__(self, service, handlers):
        self._name = service
        self._handlers = {f"/{service}/{method}": handler for method, handler in handlers.items()}

    def service_name(self):
        return self._name

    def service(self, handler_call_details):
        return self._handlers.get(handler_call_details.method)


def method_handlers_generic_handler(service, method_handlers):
    return _GenericHandler(service, method_handlers)


def server(*arguments, **named):
    raise NotImplementedError(NO_SERVER)


ssl_server_credentials = insecure_server_credentials = local_server_credentials = server
ssl_server_certificate_configuration = dynamic_ssl_server_credentials = alts_server_credentials = server
xds_server_credentials = server
