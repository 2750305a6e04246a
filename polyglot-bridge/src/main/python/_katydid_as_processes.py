"""multiprocessing without processes: its processes are threads here, so what they share is shared. GraalPy cannot fork, and
what it needs for shared memory is not there on the JVM. `multiprocessing.dummy` of the standard library is the base."""
import os


def change(module):
    """`module`: multiprocessing."""
    import queue
    import threading
    from multiprocessing import dummy

    import _katydid

    class Process(dummy.DummyProcess):
        """A thread with the face of a process."""

        def __init__(self, group=None, target=None, name=None, args=(), kwargs={}, *, daemon=None):
            super().__init__(group=group, target=target, name=name, args=args, kwargs=kwargs)
            self.daemon = True if daemon is None else daemon
            self._handle = None
            self._code = None

        def run(self):
            self._handle = _katydid.current()
            try:
                super().run()
            except SystemExit as end:
                code = end.code
                self._code = code if isinstance(code, int) else 0 if code is None else 1
            except _katydid.GreenletExit:
                self._code = -15
            except BaseException:
                self._code = 1
                raise

        @property
        def exitcode(self):
            if not self._start_called or self.is_alive():
                return None
            return self._code or 0

        @property
        def pid(self):
            return os.getpid() if self._start_called else None

        def terminate(self):
            if self._handle is not None:
                self._handle.kill()

        kill = terminate

        def close(self):
            if self.is_alive():
                raise ValueError("Cannot close a process while it is still running. You should first call join() or "
                                 "terminate().")

        @property
        def authkey(self):
            return b"katydid"

    class _Queue(queue.Queue):
        def close(self):
            pass

        def join_thread(self):
            pass

        def cancel_join_thread(self):
            pass

    class _Value:
        """A number with a lock."""

        def __init__(self, kind, value, lock):
            self._lock = lock
            self.value = value

        def get_lock(self):
            return self._lock

        def get_obj(self):
            return self

        def acquire(self, *args):
            return self._lock.acquire(*args)

        def release(self):
            self._lock.release()

        def __enter__(self):
            return self._lock.__enter__()

        def __exit__(self, *error):
            return self._lock.__exit__(*error)

    class _Array(list):
        """Numbers with a lock; of "c" bytes, whose `value` ends at the first zero."""

        def __init__(self, kind, values, lock):
            super().__init__(values)
            self._kind = kind
            self._lock = lock

        @property
        def value(self):
            return bytes(self).split(b"\0")[0]

        @value.setter
        def value(self, text):
            self[:len(text)] = text

        def get_lock(self):
            return self._lock

        def get_obj(self):
            return self

        def __enter__(self):
            return self._lock.__enter__()

        def __exit__(self, *error):
            return self._lock.__exit__(*error)

    def _lock_of(lock):
        return threading.RLock() if lock in (True, None, False) else lock

    def _zero(kind):
        if isinstance(kind, str):
            return b"\0" if kind == "c" else "\0" if kind == "u" else 0.0 if kind in "fd" else 0
        return 0.0 if "float" in kind.__name__ or "double" in kind.__name__ else 0

    def Value(typecode_or_type, *args, lock=True):
        return _Value(typecode_or_type, args[0] if args else _zero(typecode_or_type), _lock_of(lock))

    def Array(typecode_or_type, size_or_initializer, *, lock=True):
        zero = 0 if typecode_or_type == "c" else _zero(typecode_or_type)
        values = [zero] * size_or_initializer if isinstance(size_or_initializer, int) else list(size_or_initializer)
        return _Array(typecode_or_type, values, _lock_of(lock))

    def RawValue(typecode_or_type, *args):
        return Value(typecode_or_type, *args)

    def RawArray(typecode_or_type, size_or_initializer):
        return Array(typecode_or_type, size_or_initializer)

    class _Manager:
        """Objects that are shared because everything is."""

        dict, list, Namespace, Queue, JoinableQueue = dict, list, dummy.Namespace, _Queue, _Queue
        Lock, RLock, Semaphore, BoundedSemaphore = (threading.Lock, threading.RLock, threading.Semaphore,
                                                    threading.BoundedSemaphore)
        Condition, Event, Barrier = threading.Condition, threading.Event, threading.Barrier
        def Pool(self, *args, **kwargs):
            return Pool(*args, **kwargs)

        def start(self, *args, **kwargs):
            pass

        def shutdown(self):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *error):
            pass

    _Manager.Value, _Manager.Array = staticmethod(Value), staticmethod(Array)

    def Manager():
        return _Manager()

    def Pool(processes=None, initializer=None, initargs=(), maxtasksperchild=None):
        return dummy.Pool(processes or os.cpu_count(), initializer, initargs)

    own_context = module.get_context

    def get_context(method=None):
        """Without a name the one that the pools of the standard library are made of."""
        return own_context() if method is None else module

    def set_start_method(method, force=False):
        pass

    def get_start_method(allow_none=False):
        return "fork"

    def get_all_start_methods():
        return ["fork", "spawn", "forkserver"]

    names = {
        "Process": Process, "Queue": lambda maxsize=0: _Queue(maxsize), "JoinableQueue": lambda maxsize=0: _Queue(maxsize),
        "Lock": threading.Lock, "RLock": threading.RLock,
        "Semaphore": threading.Semaphore, "BoundedSemaphore": threading.BoundedSemaphore,
        "Condition": threading.Condition, "Event": threading.Event, "Barrier": threading.Barrier,
        "Value": Value, "Array": Array, "RawValue": RawValue, "RawArray": RawArray, "Manager": Manager, "Pool": Pool,
        "get_context": get_context, "set_start_method": set_start_method, "get_start_method": get_start_method,
        "get_all_start_methods": get_all_start_methods}
    for name, value in names.items():
        setattr(module, name, value)


def change_executor(module):
    """`module`: concurrent.futures.process."""
    from concurrent.futures.thread import ThreadPoolExecutor

    class ProcessPoolExecutor(ThreadPoolExecutor):
        """Its workers are threads here."""

        def __init__(self, max_workers=None, mp_context=None, initializer=None, initargs=(), *, max_tasks_per_child=None):
            import os
            super().__init__(max_workers or os.cpu_count(), initializer=initializer, initargs=initargs)

        def map(self, fn, *iterables, timeout=None, chunksize=1):
            if chunksize < 1:
                raise ValueError("chunksize must be >= 1.")
            return super().map(fn, *iterables, timeout=timeout)

    ProcessPoolExecutor.__module__ = module.__name__
    module.ProcessPoolExecutor = ProcessPoolExecutor
