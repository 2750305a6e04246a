"""The runner as locustfiles see it; the real one is in Java (python-api.md A8)."""
import _katydid
import _katydid_log as _log

from .rpc.protocol import Message, to_wire

STATE_INIT, STATE_SPAWNING, STATE_RUNNING, STATE_CLEANUP, STATE_STOPPING, STATE_STOPPED, STATE_MISSING = [
    "ready", "spawning", "running", "cleanup", "stopping", "stopped", "missing"]
WORKER_REPORT_INTERVAL = 3.0
WORKER_LOG_REPORT_INTERVAL = 10
CPU_MONITOR_INTERVAL = 10.0
CPU_WARNING_THRESHOLD = 90
HEARTBEAT_INTERVAL = 1
HEARTBEAT_LIVENESS = 3
HEARTBEAT_DEAD_INTERNAL = -60
MASTER_HEARTBEAT_TIMEOUT = 60
FALLBACK_INTERVAL = 5
CONNECT_TIMEOUT = 5
CONNECT_RETRY_COUNT = 60
greenlet_exception_handler = None


class Runner:
    """Forwards to the run in Java. Orders (start, stop, quit) of locustfiles do not wait, since the caller may be one
    of the users that they stop; those of a program that owns the run wait, as Locust's do."""

    def __init__(self, environment, port, waits):
        self.environment = environment
        self._port = port
        self._waits = waits
        self.custom_messages = {}
        self.cpu_warning_emitted = False
        self.worker_cpu_warning_emitted = False
        self._greenlets = None
        self._final_user_classes_count = {}

    @property
    def greenlet(self):
        """A group for background greenlets. As in Locust it ends when the run is quit, so a program can join it."""
        if self._greenlets is None:
            from gevent.pool import Group
            self._greenlets = Group()
            if self._waits:
                self._greenlets.spawn(self._end_greenlets)
        return self._greenlets

    def _end_greenlets(self):
        semaphore = self._port.quitSemaphore()
        if _katydid.blocking(semaphore.acquire, -1.0) < 0:
            raise _katydid.death()
        from gevent import getcurrent
        for greenlet in list(self._greenlets):
            if greenlet is not getcurrent():
                greenlet.kill(block=False)

    @property
    def state(self):
        return self._port.state()

    @property
    def user_count(self):
        return self._port.userCount()

    @property
    def user_classes_count(self):
        """Running users by class; classes without users are there with 0."""
        counts = {cls.__name__: 0 for cls in self.environment.user_classes}
        counts.update(_plain(self._port.userClassesCount()))
        return counts

    @property
    def target_user_count(self):
        return self._port.targetUserCount()

    @property
    def target_user_classes_count(self):
        return dict(_plain(self._port.targetUserClassesCount()))

    @property
    def spawn_rate(self):
        return self._port.spawnRate()

    @property
    def user_classes(self):
        return self.environment.user_classes

    @property
    def user_classes_by_name(self):
        return self.environment.user_classes_by_name

    @property
    def stats(self):
        return self.environment.stats

    @property
    def errors(self):
        return self.environment.stats.errors

    @property
    def exceptions(self):
        """Counted exceptions of user code: key -> {count, msg, traceback, nodes}."""
        rows = {}
        for row in self._port.exceptionRows():
            rows[hash(row.traceback())] = {
                "count": row.count(), "msg": row.message(), "traceback": row.traceback(), "nodes": set(row.nodes())}
        return rows

    shape_last_tick = None
    shape_greenlet = None
    spawning_greenlet = None
    connection_broken = False

    @property
    def user_greenlets(self):
        """A group of the greenlets that run users in this process now; `greenlet.args[0]` is the user."""
        from ._runtime import user_greenlets
        return user_greenlets()

    @property
    def current_cpu_usage(self):
        """Percent of one core that this process has used since it was asked before, or since its start."""
        from . import _own_load
        return _own_load.cpu_percent()

    @property
    def current_memory_usage(self):
        """Bytes of memory of this process."""
        from . import _own_load
        return _own_load.memory_bytes()

    @property
    def final_user_classes_count(self):
        """Users by class at the end of the last test; empty before."""
        return dict(self._final_user_classes_count)

    def _note_final_users(self):
        self._final_user_classes_count = self.user_classes_count

    @property
    def client_id(self):
        return self._port.clientId()

    def log_exception(self, node_id, msg, formatted_tb):
        self._port.logException(msg, formatted_tb)

    def start(self, user_count, spawn_rate=1.0, wait=False, user_classes=None):
        self._port.stopTimeout(float(self.environment.stop_timeout))
        names = [cls.__name__ for cls in user_classes] if user_classes else None
        self._port.start(int(user_count), float(spawn_rate), names)

    def start_shape(self):
        self._port.startShape()

    def stop(self):
        if self._may_wait():
            _katydid.blocking(self._port.stopAndWait)
        else:
            self._port.stop()

    def quit(self):
        if self._may_wait():
            _katydid.blocking(self._port.quitAndWait)
        else:
            self._port.quit()

    def _may_wait(self):
        if not self._waits:
            return False
        from ._runtime import called_by_user
        return not called_by_user()

    def register_message(self, msg_type, listener, concurrent=False):
        """listener(environment=, msg=) is called for messages of this type; `concurrent` runs it on its own greenlet."""
        if msg_type in self.custom_messages:
            raise Exception(f"Tried to register listener method for {msg_type}, but it already had a listener!")
        self.custom_messages[msg_type] = (listener, concurrent)

    def send_message(self, msg_type, data=None, client_id=None):
        self._port.sendMessage(msg_type, to_wire(data), None if client_id is None else str(client_id))

    def deliver(self, msg_type, data, node_id):
        """Gives a message to its listener; False if there is none."""
        if msg_type not in self.custom_messages:
            return False
        listener, concurrent = self.custom_messages[msg_type]
        message = Message(msg_type, data, node_id)

        def call():
            try:
                listener(environment=self.environment, msg=message)
            except Exception:
                _log.unhandled("locust.runners", f"Uncaught exception in handler for {msg_type}\n")

        if concurrent:
            _katydid.spawn(call, "message")
        else:
            call()
        return True


class LocalRunner(Runner):
    """A run in one process."""

    worker_index = 0
    worker_count = 1

    def send_message(self, msg_type, data=None, client_id=None):
        """A local run talks to itself: the listener gets the very object."""
        if not self.deliver(msg_type, data, self.client_id):
            _log.log(_log.WARNING, "locust.runners", f"Unknown message type received: {msg_type}")


class DistributedRunner(Runner):
    """A part of a distributed run."""


class WorkerNode:
    """A worker as the master knows it."""

    def __init__(self, id, state=STATE_INIT, heartbeat_liveness=3):
        self.id = id
        self.state = state
        self.heartbeat = heartbeat_liveness
        self.index = -1
        self.cpu_usage = 0
        self.cpu_warning_emitted = False
        self.memory_usage = 0
        self.user_classes_count = {}

    @classmethod
    def _of(cls, row):
        node = cls(row.id(), row.state())
        node.index = row.index()
        node.cpu_usage = row.cpuUsage()
        node.memory_usage = row.memoryUsage()
        node.user_classes_count = dict(_plain(row.userClassesCount()))
        return node

    @property
    def user_count(self):
        """Users it says it runs."""
        return sum(self.user_classes_count.values())


class WorkerNodes(dict):
    """Workers by id."""

    def _in(self, state):
        return [node for node in self.values() if node.state == state]

    @property
    def all(self):
        return list(self.values())

    @property
    def ready(self):
        return self._in(STATE_INIT)

    @property
    def spawning(self):
        return self._in(STATE_SPAWNING)

    @property
    def running(self):
        return self._in(STATE_RUNNING)

    @property
    def missing(self):
        return self._in(STATE_MISSING)


class MasterRunner(DistributedRunner):
    """The master of a distributed run."""

    @property
    def clients(self):
        nodes = WorkerNodes()
        for row in self._port.workers():
            nodes[row.id()] = WorkerNode._of(row)
        return nodes

    @property
    def worker_count(self):
        nodes = self.clients
        return len(nodes.ready) + len(nodes.spawning) + len(nodes.running)

    @property
    def reported_user_classes_count(self):
        return self.user_classes_count

    def get_worker_index(self, client_id):
        node = self.clients.get(client_id)
        return -1 if node is None else node.index


class WorkerRunner(DistributedRunner):
    """A worker of a distributed run."""

    @property
    def worker_index(self):
        return self._port.workerIndex()

    @property
    def worker_state(self):
        return self._port.state()


_KINDS = {"local": LocalRunner, "master": MasterRunner, "worker": WorkerRunner}


def of_kind(kind, environment, port, waits):
    """A runner that forwards to the run behind `port`; `waits` says that orders wait."""
    return _KINDS[kind](environment, port, waits)


def _plain(java_map):
    return [(key, java_map[key]) for key in java_map]


def __getattr__(name):
    if name in ("locust_runner", "global_stats"):
        from ._legacy import runners_name
        return runners_name(name)
    from ._other_names import of_module
    return of_module(__name__, name)


MasterLocustRunner = MasterRunner
WorkerLocustRunner = SlaveLocustRunner = WorkerRunner
LocalLocustRunner = LocalRunner
