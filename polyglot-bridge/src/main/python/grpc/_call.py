"""Calls: what a method of a stub returns and raises. Java keeps the call itself (class GrpcCall); its threads never come
here. What has to run while a caller does something else, iterating requests or callbacks, has a greenlet of its own."""
import collections
import logging
import sys
import time

import _katydid
from greenlet import GreenletExit
from grpc import _metadata
from grpc._codes import CODES, FutureCancelledError, FutureTimeoutError, RpcError, StatusCode
from grpc._interfaces import Call, Future

_LOGGER = logging.getLogger("grpc._channel")
_LOCALLY_CANCELLED = "Locally cancelled by application!"

# How a call has ended.
Ending = collections.namedtuple("Ending", ("code", "details", "initial", "trailing"))


def local_ending(code, details):
    """The ending of a call that has never reached gRPC."""
    return Ending(code, details, (), ())


def ending_of(java):
    """The ending of a call of Java's that is over."""
    code, details = CODES[java.code()], java.details()
    if details == "Channel shutdownNow invoked":
        code, details = StatusCode.CANCELLED, "Channel closed!"
    return Ending(code, details, _metadata.pairs(java.initialMetadata()), _metadata.pairs(java.trailingMetadata()))


def _wait(function, *arguments):
    """Waits in Java: whether it has come to pass before the time was up."""
    outcome = _katydid.blocking(function, *arguments)
    if outcome < 0:
        raise _katydid.death()
    return outcome == 1


def _debug_text(ending):
    return f"{ending.code.name}:{ending.details}"


def _describe(kind, ending):
    if ending is None:
        return f"<{kind} object>"
    if ending.code is StatusCode.OK:
        return f'<{kind} of RPC that terminated with:\n\tstatus = {ending.code}\n\tdetails = "{ending.details}"\n>'
    return (f'<{kind} of RPC that terminated with:\n\tstatus = {ending.code}\n\tdetails = "{ending.details}"\n'
            f'\tdebug_error_string = "{_debug_text(ending)}"\n>')


class _InactiveRpcError(RpcError, Call, Future):
    """A call that is over, and has failed unless it comes with a response."""

    def __init__(self, ending):
        super().__init__(ending)
        self._ending = ending

    def initial_metadata(self):
        return self._ending.initial

    def trailing_metadata(self):
        return self._ending.trailing

    def code(self):
        return self._ending.code

    def details(self):
        return self._ending.details

    def debug_error_string(self):
        return _debug_text(self._ending)

    def is_active(self):
        return False

    def time_remaining(self):
        return None

    def cancel(self):
        return False

    def add_callback(self, callback):
        return False

    def cancelled(self):
        return False

    def running(self):
        return False

    def done(self):
        return True

    def result(self, timeout=None):
        raise self

    def exception(self, timeout=None):
        return self

    def traceback(self, timeout=None):
        try:
            raise self
        except RpcError:
            return sys.exc_info()[2]

    def add_done_callback(self, fn, timeout=None):
        fn(self)

    def __repr__(self):
        return _describe("_InactiveRpcError", self._ending)

    __str__ = __repr__

    def __reduce__(self):
        return type(self), (self._ending,)


class _MultiThreadedRendezvous(RpcError, Call, Future):
    """A call that goes on while its caller does something else: a future, or an iterator over responses. It is also the
    error that it ends with."""

    def __init__(self, java, deserializer, timeout, responses_many):
        super().__init__(java)
        self._java = java
        self._deserializer = deserializer
        self._deadline = None if timeout is None else time.time() + timeout
        self._many = responses_many
        self._ended = None
        self._failed_here = None
        self._response = None
        self._has_response = False
        self._callbacks = []
        self._cancelled = False

    # --- the ending ---------------------------------------------------------------------------------------------------

    def _ending(self):
        """How the call has ended; None if it goes on."""
        if self._ended is None and self._java.over():
            ending = ending_of(self._java)
            if not self._many and ending.code is StatusCode.OK:
                ending = self._take_response(ending)
            self._ended = self._as_failed_here(ending)
        return self._ended

    def _as_failed_here(self, ending):
        if self._failed_here is None or ending.code is StatusCode.OK:
            return ending
        code, details = self._failed_here
        return ending._replace(code=code, details=details)

    def _take_response(self, ending):
        data = self._java.takeMessage()
        if data is None:
            return ending._replace(code=StatusCode.INTERNAL, details="No response has come.")
        try:
            self._response = deserialized(data, self._deserializer)
            self._has_response = True
        except Exception:
            _LOGGER.exception("Exception deserializing message!")
            return ending._replace(code=StatusCode.INTERNAL, details="Exception deserializing response!")
        return ending

    def _await_ending(self, timeout=None):
        if self._ending() is None:
            if not _wait(self._java.awaitEnd, -1.0 if timeout is None else max(0.0, float(timeout))):
                raise FutureTimeoutError()
        return self._ending()

    def fail(self, code, details):
        """Ends the call because of something on this side."""
        self._failed_here = (code, details)
        self._java.cancel(details)

    def initial_metadata(self):
        _wait(self._java.awaitHeaders)
        return _metadata.pairs(self._java.initialMetadata())

    def trailing_metadata(self):
        return self._await_ending().trailing

    def code(self):
        return self._await_ending().code

    def details(self):
        return self._await_ending().details

    def debug_error_string(self):
        return _debug_text(self._await_ending())

    def is_active(self):
        return self._ending() is None

    def running(self):
        return self._ending() is None

    def done(self):
        return self._ending() is not None

    def cancelled(self):
        return self._cancelled

    def time_remaining(self):
        return None if self._deadline is None else max(self._deadline - time.time(), 0)

    def cancel(self):
        if not self._java.cancel(_LOCALLY_CANCELLED):
            return False
        self._cancelled = True
        return True

    # --- as a future --------------------------------------------------------------------------------------------------

    def result(self, timeout=None):
        ending = self._await_ending(timeout)
        if ending.code is StatusCode.OK:
            return self._response
        if self._cancelled:
            raise FutureCancelledError()
        raise self

    def exception(self, timeout=None):
        ending = self._await_ending(timeout)
        if ending.code is StatusCode.OK:
            return None
        if self._cancelled:
            raise FutureCancelledError()
        return self

    def traceback(self, timeout=None):
        if self.exception(timeout) is None:
            return None
        try:
            raise self
        except RpcError:
            return sys.exc_info()[2]

    # --- callbacks ----------------------------------------------------------------------------------------------------

    def add_callback(self, callback):
        if self._ending() is not None:
            return False
        self._call_later(callback)
        return True

    def add_done_callback(self, fn):
        if self._ending() is not None:
            fn(self)
        else:
            self._call_later(lambda: fn(self))

    def _call_later(self, callback):
        self._callbacks.append(callback)
        if len(self._callbacks) == 1:
            _katydid.spawn(self._run_callbacks, "grpc-callbacks")

    def _run_callbacks(self):
        try:
            self._await_ending()
        except BaseException:  # Killed: nobody is left to be told.
            return
        due, self._callbacks = self._callbacks, []
        for callback in due:
            try:
                callback()
            except Exception:
                _LOGGER.exception("Exception in callback!")

    # --- as an iterator -----------------------------------------------------------------------------------------------

    def __iter__(self):
        return self

    def __next__(self):
        return self._next()

    def next(self):
        return self._next()

    def _next(self):
        java = self._java
        data = java.takeMessage()
        if data is None:
            java.askForNext()
            try:
                _wait(java.awaitMessage, -1.0)
            except GreenletExit:
                self.cancel()
                raise
            data = java.takeMessage()
        if data is not None and not self._cancelled:
            try:
                return deserialized(data, self._deserializer)
            except Exception:
                _LOGGER.exception("Exception deserializing message!")
                self.fail(StatusCode.INTERNAL, "Exception deserializing response!")
        if self._await_ending().code is StatusCode.OK:
            raise StopIteration()
        raise self

    # --- requests -----------------------------------------------------------------------------------------------------

    def send_all(self, requests, serializer):
        """Sends what an iterator yields, on a greenlet; asks for the next when the transport can take it."""
        _katydid.spawn(lambda: self._consume(requests, serializer), "grpc-requests")

    def _consume(self, requests, serializer):
        java = self._java
        try:
            while True:
                _wait(java.awaitSendable)
                if java.over():
                    return
                try:
                    request = next(requests)
                except StopIteration:
                    java.halfClose()
                    return
                except Exception:
                    _LOGGER.exception("Exception iterating requests!")
                    self.fail(StatusCode.UNKNOWN, "Exception iterating requests!")
                    return
                data = serialized(request, serializer)
                if data is None:
                    self.fail(StatusCode.INTERNAL, "Exception serializing request!")
                    return
                java.send(data)
        except BaseException:  # The greenlet was killed: the call cannot be completed.
            java.cancel(_LOCALLY_CANCELLED)

    def __repr__(self):
        return _describe("_MultiThreadedRendezvous", self._ending())

    __str__ = __repr__


def serialized(request, serializer):
    """The bytes of a request, or None if it cannot be serialized."""
    if serializer is None:
        data = request
    else:
        try:
            data = serializer(request)
        except Exception:
            _LOGGER.exception("Exception serializing message!")
            return None
    if not isinstance(data, (bytes, bytearray)):
        raise TypeError(f"Argument 'message' has incorrect type (expected bytes, got {type(data).__name__})")
    return data


def deserialized(latin1, deserializer):
    """The response in the bytes that Java hands over as Latin-1."""
    data = latin1.encode("latin-1")
    return data if deserializer is None else deserializer(data)


def finish_unary(java, deserializer):
    """Waits for the one response of a call: response and the finished call; raises RpcError."""
    try:
        _wait(java.awaitEnd, -1.0)
    except BaseException:
        java.cancel(_LOCALLY_CANCELLED)
        raise
    ending = ending_of(java)
    if ending.code is StatusCode.OK:
        data = java.takeMessage()
        if data is None:
            raise _InactiveRpcError(ending._replace(code=StatusCode.INTERNAL, details="No response has come."))
        try:
            return deserialized(data, deserializer), ending
        except Exception:
            _LOGGER.exception("Exception deserializing message!")
            ending = ending._replace(code=StatusCode.INTERNAL, details="Exception deserializing response!")
    raise _InactiveRpcError(ending)


class FinishedCall(_InactiveRpcError):
    """What with_call() returns beside the response."""

    def __init__(self, response, ending):
        super().__init__(ending)
        self._response = response

    def result(self, timeout=None):
        return self._response

    def exception(self, timeout=None):
        return None

    def traceback(self, timeout=None):
        return None

    def __reduce__(self):
        return type(self), (self._response, self._ending)


for _named in (_InactiveRpcError, _MultiThreadedRendezvous):
    _named.__module__ = "grpc._channel"
