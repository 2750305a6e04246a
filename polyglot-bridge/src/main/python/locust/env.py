"""The environment of a run: everything a listener gets to see (python-api.md A8)."""
from .event import Events
from .exception import RunnerAlreadyExistsError


class Environment:
    """Knows the user classes, the events, the options and the runner."""

    def __init__(self, *, user_classes=None, shape_class=None, tags=None, exclude_tags=None, events=None, host=None,
                 reset_stats=False, stop_timeout=None, catch_exceptions=True, parsed_options=None,
                 available_user_classes=None, available_shape_classes=None, available_user_tasks=None,
                 dispatcher_class=None, locustfile=None, profile=None, process_exit_code=None,
                 parsed_locustfiles=None):
        self.events = events or Events()
        self.user_classes = [cls for cls in user_classes or () if cls.weight or cls.fixed_count]
        if user_classes and not self.user_classes:
            raise ValueError("There are no users with weight > 0.")
        self.shape_class = shape_class
        self.tags = tags
        self.exclude_tags = exclude_tags
        self.host = host
        self.reset_stats = reset_stats
        self.stop_timeout = stop_timeout or 0.0
        self.catch_exceptions = catch_exceptions
        self.process_exit_code = process_exit_code
        self.parsed_options = parsed_options
        self.available_user_classes = available_user_classes
        self.available_shape_classes = available_shape_classes
        self.available_user_tasks = available_user_tasks
        self.dispatcher_class = dispatcher_class
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
    def stats(self):
        """The statistics of the run."""
        if self._stats is None:
            from .stats import RequestStats
            self._stats = RequestStats()
        return self._stats

    @property
    def user_classes_by_name(self):
        return {cls.__name__: cls for cls in self.user_classes}

    def _filter_tasks_by_tags(self):
        if self._filtered:
            return
        self._filtered = True
        tags = set(self.tags) if self.tags is not None else None
        exclude = set(self.exclude_tags) if self.exclude_tags is not None else None
        if tags is None and exclude is None:
            return
        from .user.task import filter_tasks_by_tags
        for cls in self.user_classes:
            filter_tasks_by_tags(cls, tags, exclude)

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
        if self.runner is not None:
            raise RunnerAlreadyExistsError(f"Environment.runner already exists ({self.runner})")
        from . import runners
        self.runner = runners.of_kind(kind, self)
        return self.runner

    def create_local_runner(self):
        """Library use is not offered yet: a run is started from the command line."""
        return self._library("local")

    def create_master_runner(self, master_bind_host="*", master_bind_port=5557):
        return self._library("master")

    def create_worker_runner(self, master_host, master_port):
        return self._library("worker")

    def create_web_ui(self, *args, **kwargs):
        return self._library("web UI")

    def _library(self, what):
        raise NotImplementedError(
            f"Katydid cannot create a {what} runner from a script yet. Start the test from the command line: "
            "katydid -f FILE --headless ...")
