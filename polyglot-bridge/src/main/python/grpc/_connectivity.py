"""Being told about a channel's state."""
import logging

import _katydid
from grpc._codes import CONNECTIVITIES, ChannelConnectivity, FutureCancelledError, FutureTimeoutError
from grpc._interfaces import Future

_LOGGER = logging.getLogger("grpc._channel")


class Subscription:
    """One callback; has a greenlet that waits for changes."""

    def __init__(self, java, callback, connect):
        self._java = java
        self._callback = callback
        self._connect = connect
        self._over = False
        self._handle = _katydid.spawn(self._run, "grpc-connectivity")

    def end(self):
        self._over = True
        self._handle.kill()

    def _run(self):
        try:
            known = self._java.state(self._connect)
            while not self._over:
                try:
                    self._callback(CONNECTIVITIES[known])
                except Exception:
                    _LOGGER.exception("Connectivity callback raised an exception")
                if CONNECTIVITIES[known] is ChannelConnectivity.SHUTDOWN:
                    return
                if _katydid.blocking(self._java.awaitOtherState, known, -1.0) < 0:
                    return
                known = self._java.state(self._connect)
        except BaseException:  # Killed by end(), or with everything else.
            return


class ReadyFuture(Future):
    """The result of channel_ready_future(): there when the channel is connected."""

    def __init__(self, channel):
        self._channel = channel
        self._done = _katydid.Semaphore(0)
        self._ready = self._cancelled = False
        self._callbacks = []
        channel.subscribe(self._changed, try_to_connect=True)

    def _changed(self, state):
        if state is ChannelConnectivity.READY and not self._ready and not self._cancelled:
            self._ready = True
            self._finish()

    def _finish(self):
        self._done.release()
        due, self._callbacks = self._callbacks, []
        for callback in due:
            try:
                callback(self)
            except Exception:
                _LOGGER.exception("Exception in callback!")
        self._channel.unsubscribe(self._changed)

    def _await(self, timeout):
        if not self.done():
            outcome = self._done.acquire(-1.0 if timeout is None else float(timeout))
            if outcome < 0:
                raise _katydid.death()
            if outcome == 0:
                raise FutureTimeoutError()
            self._done.release()
        if self._cancelled:
            raise FutureCancelledError()

    def result(self, timeout=None):
        self._await(timeout)

    def exception(self, timeout=None):
        self._await(timeout)

    def traceback(self, timeout=None):
        self._await(timeout)

    def cancel(self):
        if self.done():
            return False
        self._cancelled = True
        self._finish()
        return True

    def cancelled(self):
        return self._cancelled

    def running(self):
        return not self.done()

    def done(self):
        return self._ready or self._cancelled

    def add_done_callback(self, fn):
        if self.done():
            fn(self)
        else:
            self._callbacks.append(fn)
