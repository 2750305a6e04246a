"""Who runs how many users: an iterator over the steps of a ramp (python-api.md, locust.dispatch).

The runs' own dispatchers are Java's; this is the same one for programs that want to ask it something. A class of one's own
as `Environment(dispatcher_class=...)` has no effect on a run.
"""
import time
from collections.abc import Iterator

import _katydid


class UsersDispatcher(Iterator):
    """Each step says how many users of which class every worker shall have: {worker: {class: users}}.

    The next step is not given before its time has come: next() waits. For one thread at a time.
    """

    def __init__(self, worker_nodes, user_classes):
        self._worker_nodes = list(worker_nodes)
        self._user_classes = sorted(user_classes, key=lambda cls: cls.__name__)
        self._java = _katydid.new_dispatcher(
            [node.id for node in worker_nodes],
            [[cls.__name__, float(cls.weight), int(cls.fixed_count or 0)] for cls in self._user_classes])
        self._wait_between_dispatch = 0.0
        self._durations = []
        # When the last step began, if the next one has to wait.
        self._begun = None

    def get_current_user_count(self):
        """Users that the last step has placed."""
        return self._java.userCount()

    def _get_user_current_count(self, user):
        return self._java.userCountOf(user)

    @property
    def dispatch_in_progress(self):
        return self._java.dispatchInProgress()

    @property
    def dispatch_iteration_durations(self):
        """Seconds that each step and what was done with it has taken."""
        return self._durations

    @property
    def _rebalance(self):
        return self._java.rebalancePending()

    def __next__(self):
        # Users that are dealt out anew are no step of the ramp: they come at once, and the step after them at its own time.
        aside = self._rebalance and self._begun is not None
        if not aside:
            self._wait_for_next_step()
        begun = time.perf_counter()
        step = self._java.next()
        if step is None:
            raise StopIteration
        if not aside:
            self._begun = begun, self._java.waits()
        return {worker: {name: users[name] for name in users.keys()}
                for worker, users in ((key, step[key]) for key in step.keys())}

    def _wait_for_next_step(self):
        if self._begun is not None:
            begun, waits = self._begun
            self._begun = None
            took = time.perf_counter() - begun
            self._durations.append(took)
            if waits:
                time.sleep(max(0.0, self._wait_between_dispatch - took))

    def new_dispatch(self, target_user_count, spawn_rate, user_classes=None):
        """Begins a cycle from what is placed now. Call next() for its steps."""
        if user_classes is not None:
            user_classes = [cls.__name__ for cls in user_classes]
        self._java.newDispatch(int(target_user_count), float(spawn_rate), user_classes)
        self._wait_between_dispatch = self._java.waitBetweenSteps()
        self._durations.clear()
        self._begun = None

    def add_worker(self, worker_node):
        """A worker has come: the next step deals all users out anew."""
        self._worker_nodes.append(worker_node)
        self._java.addWorker(worker_node.id)

    def remove_worker(self, worker_node):
        """A worker has gone: the next step deals its users out to the others."""
        self._worker_nodes = [node for node in self._worker_nodes if node.id != worker_node.id]
        self._java.removeWorker(worker_node.id)
