"""Queues. A queue with maxsize=0 is unbounded, a Channel hands values over one by one."""
import heapq as _heapq
from collections import deque as _deque
from queue import Empty, Full

import _katydid
from _katydid_locks import Lock as _Lock

from gevent._links import _deadline, _left
from gevent.event import Event as _Event

try:
    from queue import ShutDown
except ImportError:

    class ShutDown(Exception):
        """The queue has been shut down."""


__all__ = [
    "Channel", "Empty", "Full", "JoinableQueue", "LifoQueue", "PriorityQueue", "Queue", "ShutDown", "SimpleQueue",
    "UnboundQueue",
]


class SimpleQueue:
    """The common part: items, and the threads that wait for an item or for room."""

    def __init__(self, maxsize=None, items=(), _warn_depth=2):
        self.maxsize = None if maxsize is None or maxsize <= 0 else maxsize
        self._mutex = _Lock()
        self._getters = _deque()
        self._putters = _deque()
        self._closed = False
        self._init(maxsize, items)

    def _init(self, maxsize, items=()):
        self.queue = _deque(items)

    def _get(self):
        return self.queue.popleft()

    def _put(self, item):
        self.queue.append(item)

    def _peek(self):
        return self.queue[0]

    def copy(self):
        return type(self)(self.maxsize, self.queue)

    def qsize(self):
        return len(self.queue)

    def __len__(self):
        return len(self.queue)

    def __bool__(self):
        return True

    def empty(self):
        return not self.queue

    def full(self):
        return self.maxsize is not None and len(self.queue) >= self.maxsize

    def _turn(self, waiting, possible, act, block, timeout, refusal):
        """act() as soon as possible() says so, in order; refusal if it never does in time."""
        deadline = _deadline(timeout)
        turn = None
        try:
            while True:
                with self._mutex:
                    if possible():
                        return act()
                    if self._closed:
                        raise ShutDown
                    if not block:
                        raise refusal
                    turn = _katydid.Semaphore()
                    waiting.append(turn)
                result = turn.acquire(_left(deadline))
                if result == 1:
                    turn = None
                elif result < 0:
                    raise _katydid.death()
                else:
                    block = False
                    self._give_up(waiting, turn)
                    turn = None
        finally:
            if turn is not None:
                self._give_up(waiting, turn)

    def _give_up(self, waiting, turn):
        """Stops waiting; a wake-up that came meanwhile goes to the next."""
        try:
            waiting.remove(turn)
        except ValueError:
            if turn.try_acquire():
                self._wake(waiting)

    def _wake(self, waiting):
        try:
            waiting.popleft().release()
        except IndexError:
            pass

    def put(self, item, block=True, timeout=None):
        def act():
            if self._closed:
                raise ShutDown
            self._put(item)

        self._turn(self._putters, lambda: not self.full(), act, block, timeout, Full)
        self._wake(self._getters)

    def put_nowait(self, item):
        self.put(item, False)

    def get(self, block=True, timeout=None):
        item = self._turn(self._getters, lambda: bool(self.queue), lambda: self._get(), block, timeout, Empty)
        self._wake(self._putters)
        return item

    def get_nowait(self):
        return self.get(False)

    def peek(self, block=True, timeout=None):
        item = self._turn(self._getters, lambda: bool(self.queue), self._peek, block, timeout, Empty)
        self._wake(self._getters)
        return item

    def peek_nowait(self):
        return self.peek(False)

    def shutdown(self, immediate=False):
        self._closed = True
        if immediate:
            self.queue.clear()
        for waiting in (self._getters, self._putters):
            while waiting:
                self._wake(waiting)

    def __iter__(self):
        return self

    def __next__(self):
        item = self.get()
        if item is StopIteration:
            raise StopIteration
        return item

    def __repr__(self):
        return f"<{type(self).__name__} at {hex(id(self))} items={len(self.queue)}>"


class Queue(SimpleQueue):
    """With task_done() and join()."""

    def __init__(self, maxsize=None, items=(), unfinished_tasks=None):
        SimpleQueue.__init__(self, maxsize, items)
        self.unfinished_tasks = len(self.queue) if unfinished_tasks is None else unfinished_tasks
        self._all_done = _Event()
        if not self.unfinished_tasks:
            self._all_done.set()

    def put(self, item, block=True, timeout=None):
        def act():
            if self._closed:
                raise ShutDown
            self._put(item)
            self.unfinished_tasks += 1
            self._all_done.clear()

        self._turn(self._putters, lambda: not self.full(), act, block, timeout, Full)
        self._wake(self._getters)

    def task_done(self):
        with self._mutex:
            if self.unfinished_tasks <= 0:
                raise ValueError("task_done() called too many times")
            self.unfinished_tasks -= 1
            done = self.unfinished_tasks == 0
        if done:
            self._all_done.set()

    def join(self, timeout=None):
        return self._all_done.wait(timeout)


JoinableQueue = Queue
UnboundQueue = Queue


class LifoQueue(Queue):
    """The last item comes out first."""

    def _init(self, maxsize, items=()):
        self.queue = list(items)

    def _get(self):
        return self.queue.pop()

    def _peek(self):
        return self.queue[-1]


class PriorityQueue(Queue):
    """The smallest item comes out first."""

    def _init(self, maxsize, items=()):
        self.queue = list(items)
        _heapq.heapify(self.queue)

    def _get(self):
        return _heapq.heappop(self.queue)

    def _put(self, item):
        _heapq.heappush(self.queue, item)


class Channel:
    """put() returns when the value has been taken."""

    def __init__(self, maxsize=1):
        self._queue = SimpleQueue()

    def put(self, item, block=True, timeout=None):
        taken = _Event()
        entry = (item, taken)
        if not block and not self._queue._getters:
            raise Full
        self._queue.put(entry)
        if not taken.wait(timeout):
            try:
                self._queue.queue.remove(entry)
            except ValueError:
                return
            raise Full

    def put_nowait(self, item):
        self.put(item, False)

    def get(self, block=True, timeout=None):
        item, taken = self._queue.get(block, timeout)
        taken.set()
        return item

    def get_nowait(self):
        return self.get(False)

    def qsize(self):
        return 0

    def empty(self):
        return True

    def full(self):
        return True

    def __iter__(self):
        return self

    def __next__(self):
        item = self.get()
        if item is StopIteration:
            raise StopIteration
        return item
