"""Client interceptors of the four kinds."""
import collections
import sys

from grpc import _call
from grpc._codes import RpcError, StatusCode
from grpc._interfaces import (Call, Channel, ClientCallDetails, Future, StreamStreamClientInterceptor,
                              StreamStreamMultiCallable, StreamUnaryClientInterceptor, StreamUnaryMultiCallable,
                              UnaryStreamClientInterceptor, UnaryStreamMultiCallable, UnaryUnaryClientInterceptor,
                              UnaryUnaryMultiCallable)

_FIELDS = ("method", "timeout", "metadata", "credentials", "wait_for_ready", "compression")


class _ClientCallDetails(collections.namedtuple("_ClientCallDetails", _FIELDS), ClientCallDetails):
    """What an interceptor is told about a call."""


class _FailureOutcome(RpcError, Future, Call):
    """What an interceptor gets, or what a caller gets from it, where something else than a call has failed."""

    def __init__(self, error, traceback):
        super().__init__(error)
        self._error = error
        self._traceback = traceback

    def initial_metadata(self):
        return None

    def time_remaining(self):
        return None

    def is_active(self):
        return False

    def trailing_metadata(self):
        return None

    def code(self):
        return StatusCode.INTERNAL

    def details(self):
        return "Exception raised while intercepting the RPC"

    def cancel(self):
        return False

    def cancelled(self):
        return False

    def running(self):
        return False

    def done(self):
        return True

    def result(self, ignored_timeout=None):
        raise self._error

    def exception(self, ignored_timeout=None):
        return self._error

    def traceback(self, ignored_timeout=None):
        return self._traceback

    def add_callback(self, callback):
        return False

    def add_done_callback(self, fn):
        fn(self)

    def __iter__(self):
        return self

    def __next__(self):
        raise self._error


def _failure():
    return _FailureOutcome(*sys.exc_info()[1:])


class _Intercepted:
    """A method behind one interceptor."""

    def __init__(self, behind, path, intercept):
        self._behind = behind
        self._path = path
        self._intercept = intercept

    def _run(self, proceed, request, details):
        """Asks the interceptor; proceed(method, request, keywords) makes the call."""
        given = _ClientCallDetails(self._path, *details)

        def continuation(new_details, new_request):
            chosen = {name: getattr(new_details, name, getattr(given, name)) for name in _FIELDS}
            method = self._behind(chosen.pop("method"))
            return proceed(method, new_request, chosen)

        return self._intercept(continuation, given, request)


def _blocking(method, request, details):
    """One response, waited for."""
    try:
        response, call = method.with_call(request, **details)
    except RpcError as error:
        return error
    except Exception:
        return _failure()
    if isinstance(call, _call.FinishedCall):
        return call
    return _call.FinishedCall(response, _call.Ending(call.code(), call.details(), call.initial_metadata(),
                                                     call.trailing_metadata()))


def _later(method, request, details):
    return method.future(request, **details)


def _streaming(method, request, details):
    return method(request, **details)


class _OneResponse(_Intercepted):
    def __call__(self, request, timeout=None, metadata=None, credentials=None, wait_for_ready=None, compression=None):
        return self.with_call(request, timeout, metadata, credentials, wait_for_ready, compression)[0]

    def with_call(self, request, timeout=None, metadata=None, credentials=None, wait_for_ready=None, compression=None):
        call = self._run(_blocking, request, (timeout, metadata, credentials, wait_for_ready, compression))
        return call.result(), call

    def future(self, request, timeout=None, metadata=None, credentials=None, wait_for_ready=None, compression=None):
        try:
            return self._run(_later, request, (timeout, metadata, credentials, wait_for_ready, compression))
        except Exception:
            return _failure()


class _ManyResponses(_Intercepted):
    def __call__(self, request, timeout=None, metadata=None, credentials=None, wait_for_ready=None, compression=None):
        try:
            return self._run(_streaming, request, (timeout, metadata, credentials, wait_for_ready, compression))
        except Exception:
            return _failure()


class _UnaryUnary(_OneResponse, UnaryUnaryMultiCallable):
    """One request, one response."""


class _UnaryStream(_ManyResponses, UnaryStreamMultiCallable):
    """One request, many responses."""


class _StreamUnary(_OneResponse, StreamUnaryMultiCallable):
    """Many requests, one response."""

    def __call__(self, request_iterator, *details, **named):
        return super().__call__(request_iterator, *details, **named)

    def with_call(self, request_iterator, *details, **named):
        return super().with_call(request_iterator, *details, **named)

    def future(self, request_iterator, *details, **named):
        return super().future(request_iterator, *details, **named)


class _StreamStream(_ManyResponses, StreamStreamMultiCallable):
    """Many requests, many responses."""

    def __call__(self, request_iterator, *details, **named):
        return super().__call__(request_iterator, *details, **named)


class _Channel(Channel):
    """A channel behind one interceptor."""

    def __init__(self, channel, interceptor):
        self._channel = channel
        self._interceptor = interceptor

    def _method(self, name, interface, kind, path, serializer, deserializer, registered):
        def behind(method):
            if registered:
                return getattr(self._channel, name)(method, serializer, deserializer, _registered_method=registered)
            return getattr(self._channel, name)(method, serializer, deserializer)

        if not isinstance(self._interceptor, interface):
            return behind(path)
        known = {}

        def kept(method):
            found = known.get(method)
            if found is None:
                found = known[method] = behind(method)
            return found

        return kind(kept, path, getattr(self._interceptor, f"intercept_{name}"))

    def unary_unary(self, method, request_serializer=None, response_deserializer=None, _registered_method=False):
        return self._method("unary_unary", UnaryUnaryClientInterceptor, _UnaryUnary, method, request_serializer,
                            response_deserializer, _registered_method)

    def unary_stream(self, method, request_serializer=None, response_deserializer=None, _registered_method=False):
        return self._method("unary_stream", UnaryStreamClientInterceptor, _UnaryStream, method, request_serializer,
                            response_deserializer, _registered_method)

    def stream_unary(self, method, request_serializer=None, response_deserializer=None, _registered_method=False):
        return self._method("stream_unary", StreamUnaryClientInterceptor, _StreamUnary, method, request_serializer,
                            response_deserializer, _registered_method)

    def stream_stream(self, method, request_serializer=None, response_deserializer=None, _registered_method=False):
        return self._method("stream_stream", StreamStreamClientInterceptor, _StreamStream, method, request_serializer,
                            response_deserializer, _registered_method)

    def subscribe(self, callback, try_to_connect=False):
        self._channel.subscribe(callback, try_to_connect=try_to_connect)

    def unsubscribe(self, callback):
        self._channel.unsubscribe(callback)

    def close(self):
        self._channel.close()


def intercept_channel(channel, *interceptors):
    """The channel behind the interceptors; the first is asked first."""
    for interceptor in reversed(interceptors):
        if not isinstance(interceptor, (UnaryUnaryClientInterceptor, UnaryStreamClientInterceptor,
                                        StreamUnaryClientInterceptor, StreamStreamClientInterceptor)):
            raise TypeError("interceptor must be grpc.UnaryUnaryClientInterceptor or grpc.UnaryStreamClientInterceptor "
                            "or grpc.StreamUnaryClientInterceptor or grpc.StreamStreamClientInterceptor")
        channel = _Channel(channel, interceptor)
    return channel
