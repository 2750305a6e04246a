"""The short way: a call without a stub's channel, made for one target and kept."""
import sys

import grpc
from grpc import aio

# The name that it had first, which packages still import.
sys.modules["grpc.experimental.aio"] = aio
_kept = {}


class UsageError(Exception):
    """Arguments that contradict each other."""


def insecure_channel_credentials():
    return None


def _channel(target, options, channel_credentials, insecure, compression):
    if insecure and channel_credentials is not None:
        raise ValueError("The channel credentials contradict insecure=True.")
    key = (target, tuple(options or ()), channel_credentials, compression)
    channel = _kept.get(key)
    if channel is None:
        made = (grpc.insecure_channel(target, options, compression) if channel_credentials is None and insecure
                else grpc.secure_channel(target, channel_credentials or grpc.ssl_channel_credentials(), options,
                                         compression))
        channel = _kept.setdefault(key, made)
        if channel is not made:
            made.close()
    return channel


def _caller(kind):
    def call(request, target, method, request_serializer=None, response_deserializer=None, options=(),
             channel_credentials=None, insecure=False, call_credentials=None, compression=None, wait_for_ready=None,
             timeout=60.0, metadata=None, _registered_method=False):
        channel = _channel(target, options, channel_credentials, insecure, compression)
        callable_ = getattr(channel, kind)(method, request_serializer, response_deserializer)
        return callable_(request, timeout=timeout, metadata=metadata, credentials=call_credentials,
                         wait_for_ready=True if wait_for_ready is None else wait_for_ready, compression=compression)

    call.__name__ = call.__qualname__ = kind
    return call


unary_unary = _caller("unary_unary")
unary_stream = _caller("unary_stream")
stream_unary = _caller("stream_unary")
stream_stream = _caller("stream_stream")
