"""Lets asyncio read and write pipes, those of child processes above all: GraalPy's select cannot wait for a pipe. A thread
for each pipe waits instead, and hands over to the loop."""
import os

from asyncio import transports


class ReadPipe(transports.ReadTransport):
    """What comes on a pipe goes to the protocol."""

    def __init__(self, loop, pipe, protocol, waiter=None, extra=None):
        super().__init__(extra)
        import threading
        self._extra["pipe"] = pipe
        self._loop, self._pipe, self._protocol = loop, pipe, protocol
        self._closing = False
        self._free = threading.Event()
        self._free.set()
        loop.call_soon(protocol.connection_made, self)
        if waiter is not None:
            loop.call_soon(_done, waiter)
        # The loop tells the protocol of the transport first.
        loop.call_soon(threading.Thread(target=self._read, daemon=True, name="asyncio-pipe").start)

    def _read(self):
        fd, problem = self._pipe.fileno(), None
        while not self._closing:
            self._free.wait()
            try:
                piece = os.read(fd, 65536)
            except OSError as error:
                problem = None if self._closing else error
                break
            if not piece:
                break
            self._tell(self._data, piece)
        self._tell(self._ended, problem)

    def _tell(self, function, *arguments):
        try:
            self._loop.call_soon_threadsafe(function, *arguments)
        except RuntimeError:
            # The loop has ended before the pipe.
            self._closing = True

    def _data(self, piece):
        if not self._closing:
            self._protocol.data_received(piece)

    def _ended(self, problem):
        if problem is None and not self._closing:
            self._protocol.eof_received()
        self._closing = True
        self._free.set()
        self._pipe.close()
        self._protocol.connection_lost(problem)

    def pause_reading(self):
        self._free.clear()

    def resume_reading(self):
        self._free.set()

    def is_reading(self):
        return self._free.is_set() and not self._closing

    def set_protocol(self, protocol):
        self._protocol = protocol

    def get_protocol(self):
        return self._protocol

    def is_closing(self):
        return self._closing

    def close(self):
        self._closing = True
        self._free.set()


class WritePipe(transports.WriteTransport):
    """What the protocol writes goes to a pipe."""

    def __init__(self, loop, pipe, protocol, waiter=None, extra=None):
        super().__init__(extra)
        import queue
        import threading
        self._extra["pipe"] = pipe
        self._loop, self._pipe, self._protocol = loop, pipe, protocol
        self._closing = False
        self._pieces = queue.SimpleQueue()
        self._size = 0
        loop.call_soon(protocol.connection_made, self)
        if waiter is not None:
            loop.call_soon(_done, waiter)
        threading.Thread(target=self._write, daemon=True, name="asyncio-pipe").start()

    def _write(self):
        fd, problem = self._pipe.fileno(), None
        while True:
            piece = self._pieces.get()
            if piece is None:
                break
            if problem is None:
                try:
                    rest = piece
                    while rest:
                        rest = rest[os.write(fd, rest):]
                except OSError as error:
                    problem = error
            self._tell(self._written, len(piece))
        try:
            self._pipe.close()
        except OSError as error:
            problem = problem or error
        self._tell(self._protocol.connection_lost, problem)

    def _tell(self, function, *arguments):
        try:
            self._loop.call_soon_threadsafe(function, *arguments)
        except RuntimeError:
            pass

    def _written(self, size):
        paused = self._size > 65536
        self._size -= size
        if paused and self._size <= 65536:
            self._protocol.resume_writing()

    def write(self, data):
        if self._closing or not data:
            return
        paused = self._size > 65536
        self._size += len(data)
        self._pieces.put(bytes(data))
        if not paused and self._size > 65536:
            self._protocol.pause_writing()

    def can_write_eof(self):
        return True

    def write_eof(self):
        self.close()

    def close(self):
        if not self._closing:
            self._closing = True
            self._pieces.put(None)

    def abort(self):
        self.close()

    def is_closing(self):
        return self._closing

    def get_write_buffer_size(self):
        return self._size

    def set_write_buffer_limits(self, high=None, low=None):
        """The limits are fixed."""

    def get_protocol(self):
        return self._protocol

    def set_protocol(self, protocol):
        self._protocol = protocol


def _done(waiter):
    if not waiter.done():
        waiter.set_result(None)


def change(module):
    """`module`: asyncio.unix_events."""
    import subprocess

    loop_class = module._UnixSelectorEventLoop
    loop_class._make_read_pipe_transport = (
        lambda self, pipe, protocol, waiter=None, extra=None: ReadPipe(self, pipe, protocol, waiter, extra))
    loop_class._make_write_pipe_transport = (
        lambda self, pipe, protocol, waiter=None, extra=None: WritePipe(self, pipe, protocol, waiter, extra))

    def start(self, args, shell, stdin, stdout, stderr, bufsize, **kwargs):
        # Not a pair of sockets for stdin, as there: a program gets pipes only.
        self._proc = subprocess.Popen(args, shell=shell, stdin=stdin, stdout=stdout, stderr=stderr,
                                      universal_newlines=False, bufsize=bufsize, **kwargs)

    module._UnixSubprocessTransport._start = start
    module.PidfdChildWatcher = module.ThreadedChildWatcher
    if hasattr(module, "can_use_pidfd"):
        module.can_use_pidfd = lambda: False
