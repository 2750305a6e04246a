"""Channels and their methods, of the four kinds."""
import json
import os

import _katydid
from grpc import _call, _connectivity, _metadata, _targets
from grpc._call import _InactiveRpcError, _MultiThreadedRendezvous
from grpc._codes import Compression, StatusCode
from grpc._grpcio_metadata import __version__
from grpc._interfaces import (Channel as _ChannelInterface, StreamStreamMultiCallable, StreamUnaryMultiCallable,
                              UnaryStreamMultiCallable, UnaryUnaryMultiCallable)

_UNARY_UNARY, _UNARY_STREAM, _STREAM_UNARY, _STREAM_STREAM = range(4)
# Java has no deflate; gzip is the same with another frame.
_COMPRESSIONS = {Compression.Deflate: "gzip", Compression.Gzip: "gzip"}


class _Method:
    """One method of a service, called through one channel."""

    def __init__(self, channel, path, kind, serializer, deserializer):
        self._channel = channel
        self._path = path.decode() if isinstance(path, bytes) else path
        self._java_method = channel._java and channel._java.method(self._path, kind)
        self._serializer = serializer
        self._deserializer = deserializer

    def _start(self, timeout, metadata, credentials, wait_for_ready, compression):
        """Begins a call; raises RpcError if it has failed before it began."""
        channel = self._channel
        if channel._closed:
            raise ValueError("Cannot invoke RPC on closed channel!")
        if channel._java is None:
            raise _InactiveRpcError(_call.local_ending(StatusCode.UNAVAILABLE, channel._refusal))
        metadata = channel._with_credentials(self._path, metadata, credentials)
        lines = _metadata.flat(metadata)
        if lines is None:
            raise _InactiveRpcError(_call.local_ending(StatusCode.INTERNAL, "Invalid metadata"))
        chosen = channel._compression if compression is None else compression
        return channel._java.call(self._java_method, -1.0 if timeout is None else max(0.0, float(timeout)),
                                  bool(wait_for_ready), _COMPRESSIONS.get(chosen), lines)

    def _start_with(self, request, *details):
        data = _call.serialized(request, self._serializer)
        if data is None:
            raise _InactiveRpcError(_call.local_ending(StatusCode.INTERNAL, "Exception serializing request!"))
        java = self._start(*details)
        java.send(data)
        java.halfClose()
        return java


class _UnaryUnary(_Method, UnaryUnaryMultiCallable):
    def __call__(self, request, timeout=None, metadata=None, credentials=None, wait_for_ready=None, compression=None):
        java = self._start_with(request, timeout, metadata, credentials, wait_for_ready, compression)
        java.ask(2)
        return _call.finish_unary(java, self._deserializer)[0]

    def with_call(self, request, timeout=None, metadata=None, credentials=None, wait_for_ready=None, compression=None):
        java = self._start_with(request, timeout, metadata, credentials, wait_for_ready, compression)
        java.ask(2)
        response, ending = _call.finish_unary(java, self._deserializer)
        return response, _call.FinishedCall(response, ending)

    def future(self, request, timeout=None, metadata=None, credentials=None, wait_for_ready=None, compression=None):
        java = self._start_with(request, timeout, metadata, credentials, wait_for_ready, compression)
        java.ask(2)
        return _MultiThreadedRendezvous(java, self._deserializer, timeout, False)


class _UnaryStream(_Method, UnaryStreamMultiCallable):
    def __call__(self, request, timeout=None, metadata=None, credentials=None, wait_for_ready=None, compression=None):
        java = self._start_with(request, timeout, metadata, credentials, wait_for_ready, compression)
        java.askForNext()
        return _MultiThreadedRendezvous(java, self._deserializer, timeout, True)


class _StreamUnary(_Method, StreamUnaryMultiCallable):
    def __call__(self, request_iterator, timeout=None, metadata=None, credentials=None, wait_for_ready=None,
                 compression=None):
        return self.with_call(request_iterator, timeout, metadata, credentials, wait_for_ready, compression)[0]

    def with_call(self, request_iterator, timeout=None, metadata=None, credentials=None, wait_for_ready=None,
                  compression=None):
        call = self.future(request_iterator, timeout, metadata, credentials, wait_for_ready, compression)
        try:
            ending = call._await_ending()
        except BaseException:
            call.cancel()
            raise
        if ending.code is not StatusCode.OK:
            raise _InactiveRpcError(ending)
        return call._response, _call.FinishedCall(call._response, ending)

    def future(self, request_iterator, timeout=None, metadata=None, credentials=None, wait_for_ready=None,
               compression=None):
        java = self._start(timeout, metadata, credentials, wait_for_ready, compression)
        java.ask(2)
        call = _MultiThreadedRendezvous(java, self._deserializer, timeout, False)
        call.send_all(request_iterator, self._serializer)
        return call


class _StreamStream(_Method, StreamStreamMultiCallable):
    def __call__(self, request_iterator, timeout=None, metadata=None, credentials=None, wait_for_ready=None,
                 compression=None):
        java = self._start(timeout, metadata, credentials, wait_for_ready, compression)
        java.askForNext()
        call = _MultiThreadedRendezvous(java, self._deserializer, timeout, True)
        call.send_all(request_iterator, self._serializer)
        return call


class Channel(_ChannelInterface):
    """The way to one target. May be used by all users at once."""

    def __init__(self, target, options, credentials, compression):
        self._target = target
        self._credentials = credentials
        self._compression = compression
        self._closed = False
        self._subscriptions = {}
        address, self._refusal = _targets.address(target)
        self._java = None
        if self._refusal is None:
            self._java, self._refusal = _open(address, _plain(options), credentials)

    def _with_credentials(self, path, metadata, credentials):
        found = [one for one in (self._credentials and self._credentials._call_credentials, credentials) if one]
        if not found:
            return metadata
        if self._credentials is None:
            if credentials is None:
                return metadata
            raise _InactiveRpcError(_call.local_ending(
                StatusCode.UNAUTHENTICATED,
                "Established channel does not have a sufficient security level to transfer call credential."))
        pairs = list(metadata or ())
        for one in found:
            pairs += one._metadata(self._host(), path)
        return pairs

    def _host(self):
        return self._target.rsplit("/", 1)[-1].removesuffix(":443")

    def unary_unary(self, method, request_serializer=None, response_deserializer=None, _registered_method=False):
        return _UnaryUnary(self, method, _UNARY_UNARY, request_serializer, response_deserializer)

    def unary_stream(self, method, request_serializer=None, response_deserializer=None, _registered_method=False):
        return _UnaryStream(self, method, _UNARY_STREAM, request_serializer, response_deserializer)

    def stream_unary(self, method, request_serializer=None, response_deserializer=None, _registered_method=False):
        return _StreamUnary(self, method, _STREAM_UNARY, request_serializer, response_deserializer)

    def stream_stream(self, method, request_serializer=None, response_deserializer=None, _registered_method=False):
        return _StreamStream(self, method, _STREAM_STREAM, request_serializer, response_deserializer)

    def subscribe(self, callback, try_to_connect=False):
        """Calls callback(state) now and whenever the state changes, on a greenlet."""
        if self._java is not None and callback not in self._subscriptions:
            self._subscriptions[callback] = _connectivity.Subscription(self._java, callback, bool(try_to_connect))

    def unsubscribe(self, callback):
        subscription = self._subscriptions.pop(callback, None)
        if subscription is not None:
            subscription.end()

    def close(self):
        self._closed = True
        for callback in list(self._subscriptions):
            self.unsubscribe(callback)
        if self._java is not None:
            self._java.close()


def _plain(options):
    plain = {}
    for name, value in options or ():
        plain[name] = value.decode("latin-1") if isinstance(value, bytes) else value
    own = f"grpc-python/{__version__}"
    agents = (plain.get("grpc.primary_user_agent"), own, plain.pop("grpc.secondary_user_agent", None))
    plain["grpc.primary_user_agent"] = " ".join(agent for agent in agents if agent)
    if "grpc.service_config" in plain:
        plain["grpc.service_config"] = json.loads(plain["grpc.service_config"])
    return {name: value for name, value in plain.items() if isinstance(value, (str, int, bool, dict))}


def _open(address, options, credentials):
    """The channel of Java, or the reason why there is none."""
    secure = credentials is not None and credentials._tls
    texts = [None, None, None]
    if secure:
        texts = [None if text is None else text.decode("latin-1")
                 for text in (credentials._roots or _named_roots(), credentials._chain, credentials._key)]
    opened = _katydid._host.grpc().open(address, secure, *texts, options)
    return opened.channel(), opened.refusal()


def _named_roots():
    path = os.environ.get("GRPC_DEFAULT_SSL_ROOTS_FILE_PATH")
    if not path:
        return None
    with open(path, "rb") as file:
        return file.read()
