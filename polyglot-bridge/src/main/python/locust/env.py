"""The environment of a run: everything a listener gets to see (python-api.md A8)."""
from .event import Events, _expect_listeners
from .exception import RunnerAlreadyExistsError

_LATER = ("LoadTestShape", "RequestStats", "RunnerType", "UsersDispatcher")


def __getattr__(name):
    """Names that Locust's own module has from others; few files take them from here."""
    if name not in _LATER:
        from ._other_names import of_module
        return of_module(__name__, name)
    if name == "LoadTestShape":
        from .shape import LoadTestShape as value
    elif name == "RequestStats":
        from .stats import RequestStats as value
    elif name == "UsersDispatcher":
        from .dispatch import UsersDispatcher as value
    else:
        from typing import TypeVar
        from .runners import Runner
        value = TypeVar("RunnerType", bound=Runner)
    globals()[name] = value
    return value


class Environment:
    """Knows the user classes, the events, the options and the runner."""

    def __init__(self, *, user_classes=None, shape_class=None, tags=None, exclude_tags=None, events=None, host=None,
                 reset_stats=False, stop_timeout=None, catch_exceptions=True, parsed_options=None,
                 available_user_classes=None, available_shape_classes=None, available_user_tasks=None,
                 dispatcher_class=None, locustfile=None, profile=None, process_exit_code=None,
                 parsed_locustfiles=None):
        self.events = events or Events()
        if not isinstance(self.events, Events):
            _expect_listeners()
        self.user_classes = [cls for cls in user_classes or () if cls.weight or cls.fixed_count]
        if user_classes and not self.user_classes:
            raise ValueError("There are no users with weight > 0.")
        self.shape_class = shape_class
        self.tags = tags
        self.exclude_tags = exclude_tags
        self.host = host
        self.reset_stats = reset_stats
        self._stop_timeout = stop_timeout or 0.0
        self.catch_exceptions = catch_exceptions
        self.process_exit_code = process_exit_code
        self.parsed_options = parsed_options
        self.available_user_classes = available_user_classes
        self.available_shape_classes = available_shape_classes
        self.available_user_tasks = available_user_tasks
        self._dispatcher_class = dispatcher_class
        self.locustfile = locustfile
        self.parsed_locustfiles = parsed_locustfiles
        self.profile = profile
        self.runner = None
        self.web_ui = None
        self.worker_logs = {}
        self._stats = None
        self._filtered = False
        self._check_names()

    def _check_names(self):
        by_name = {}
        for cls in self.user_classes:
            if cls.__name__ in by_name and by_name[cls.__name__] is not cls:
                raise ValueError(
                    "The following user classes have the same class name: "
                    + f"{by_name[cls.__name__].fullname()}, {cls.fullname()}")
            by_name[cls.__name__] = cls
        if self.shape_class is not None:
            from .shape import LoadTestShape
            if not isinstance(self.shape_class, LoadTestShape):
                raise ValueError("shape_class should be instance of LoadTestShape or subclass LoadTestShape, but got: "
                                 f"{self.shape_class}")

    @property
    def dispatcher_class(self):
        """The dispatcher's name; who runs how many users is decided in Java."""
        if self._dispatcher_class is None:
            from .dispatch import UsersDispatcher
            self._dispatcher_class = UsersDispatcher
        return self._dispatcher_class

    @dispatcher_class.setter
    def dispatcher_class(self, dispatcher_class):
        self._dispatcher_class = dispatcher_class

    @property
    def stop_timeout(self):
        """Seconds that users may take to finish their task when they are stopped."""
        return self._stop_timeout

    @stop_timeout.setter
    def stop_timeout(self, seconds):
        self._stop_timeout = seconds or 0.0
        if self.runner is not None:
            self.runner._port.stopTimeout(float(self._stop_timeout))

    @property
    def stats(self):
        """The statistics of the run."""
        if self._stats is None:
            from .stats import RequestStats
            self._stats = RequestStats() if self.runner is None else RequestStats._of(self.runner._port.stats())
        return self._stats

    @property
    def user_classes_by_name(self):
        return {cls.__name__: cls for cls in self.user_classes}

    def _filter_tasks_by_tags(self):
        if self._filtered:
            return
        self._filtered = True
        tags = self.tags if self.tags is not None else getattr(self.parsed_options, "tags", None) or None
        exclude = self.exclude_tags
        if exclude is None:
            exclude = getattr(self.parsed_options, "exclude_tags", None) or None
        if tags is None and exclude is None:
            return
        from .user.task import filter_tasks_by_tags
        for cls in self.user_classes:
            filter_tasks_by_tags(cls, None if tags is None else set(tags), None if exclude is None else set(exclude))

    def assign_equal_weights(self):
        """Gives every user class and every task weight 1; nested task sets are flattened."""
        from .user.task import TaskSet
        for cls in self.user_classes:
            cls.weight = 1
            tasks, queue = [], list(cls.tasks)
            while queue:
                one = queue.pop(0)
                if isinstance(one, type) and issubclass(one, TaskSet):
                    queue = list(one.tasks) + queue
                elif one not in tasks:
                    tasks.append(one)
            cls.tasks = tasks

    def update_user_class(self, user_settings):
        """Sets attributes of a user class; `tasks` keeps the tasks with these names."""
        settings = dict(user_settings)
        name = settings.pop("user_class_name")
        cls = (self.available_user_classes or self.user_classes_by_name)[name]
        if "tasks" in settings:
            names = settings.pop("tasks")
            known = (self.available_user_tasks or {}).get(name) or cls.tasks
            cls.tasks = [one for one in known if one.__name__ in names]
        for key, value in settings.items():
            setattr(cls, key, value)

    def update_worker_logs(self, worker_log_report):
        if worker_log_report.get("worker_id"):
            self.worker_logs[worker_log_report["worker_id"]] = worker_log_report.get("logs", [])

    def _attach(self, kind):
        self._refuse_second_runner()
        import _katydid
        from . import runners
        self.runner = runners.of_kind(kind, self, _katydid.port(), False)
        return self.runner

    def _refuse_second_runner(self):
        if self.runner is not None:
            raise RunnerAlreadyExistsError(f"Environment.runner already exists ({self.runner})")

    def create_local_runner(self):
        """A runner whose users are in this process; for programs run with `katydid python`."""
        return self._create("local")

    def create_master_runner(self, master_bind_host="*", master_bind_port=5557):
        return self._create("master", master_bind_host, master_bind_port)

    def create_worker_runner(self, master_host, master_port):
        return self._create("worker", master_host, master_port)

    def _create(self, kind, address=None, port=0):
        self._refuse_second_runner()
        from . import _library, runners
        self.runner = runners.of_kind(kind, self, _library.new_runner(kind, self, address, port), True)
        if self.shape_class is not None:
            self.shape_class.runner = self.runner
        return self.runner

    def create_web_ui(self, host="", port=8089, web_base_path=None, web_login=False, tls_cert=None, tls_key=None,
                      stats_csv_writer=None, delayed_start=False, userclass_picker_is_active=False, build_path=None):
        """The web UI of this environment's runner, which has to be there already."""
        from .web import WebUI
        ui = WebUI(self, host, port, web_base_path, web_login, tls_cert, tls_key, stats_csv_writer, delayed_start,
                   userclass_picker_is_active, build_path)
        if not delayed_start:
            ui.start()
        return ui
