"""Names that Locust's modules have because they import them, and that programs therefore take from there. Looked up when one
is asked for: most files take none, and imports cost time."""
from importlib import import_module

_HOMES = {
    "CatchResponseError": "exception", "DEFAULT_CONFIG_FILES": "argument_parser", "Environment": "env",
    "HttpSession": "clients", "HttpUser": "user.users", "LoadTestShape": "shape", "LocalRunner": "runners",
    "LOCUST_STATE_STOPPING": "user.task", "MasterRunner": "runners", "Message": "rpc", "PytestUser": "user.users",
    "RequestStats": "stats", "RescheduleTask": "exception", "RestResponseContextManager": "contrib.fasthttp",
    "RPCError": "exception", "RPCReceiveError": "exception", "RPCSendError": "exception", "Runner": "runners",
    "STATE_MISSING": "runners", "STATE_RUNNING": "runners", "STATE_STOPPED": "runners", "STATE_STOPPING": "runners",
    "StatsCSV": "stats", "StatsError": "stats", "StopTest": "exception", "TaskSet": "user.task", "User": "user.users",
    "UsersDispatcher": "dispatch", "WebUI": "web", "WorkerRunner": "runners", "filter_tasks_by_tags": "user.task",
    "format_duration": "util.date", "format_safe_timestamp": "util.date", "format_utc_timestamp": "util.date",
    "get_html_report": "html", "get_locustfiles_locally": "argument_parser", "get_parser": "argument_parser",
    "get_ratio": "user.inspectuser", "memoize": "util.cache", "parse_locustfile_option": "argument_parser",
    "parse_timespan": "util.timespan", "print_task_ratio": "user.inspectuser",
    "print_task_ratio_json": "user.inspectuser", "process_html_filename": "html", "proper_round": "util.rounding",
    "setup_distributed_stats_event_listeners": "stats", "setup_logging": "log", "is_url": "util.url"}


def of_module(module, name):
    """The value of a name that a module of Locust has from another one, also kept there; AttributeError if there is none."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module '{module}' has no attribute '{name}'")
    import sys
    value = getattr(import_module(f"locust.{home}"), name)
    setattr(sys.modules[module], name, value)
    return value
