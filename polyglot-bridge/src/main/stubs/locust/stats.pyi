# Written by 'katydid stubs', which overwrites it.
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, NoReturn, TypeVar

from .env import Environment
from .event import Events
from .runners import Runner

_T = TypeVar("_T")

STATS_NAME_WIDTH: int
STATS_TYPE_WIDTH: int
STATS_AUTORESIZE: bool
CSV_STATS_INTERVAL_SEC: float
CSV_STATS_FLUSH_INTERVAL_SEC: float
CONSOLE_STATS_INTERVAL_SEC: float
HISTORY_STATS_INTERVAL_SEC: float
CURRENT_RESPONSE_TIME_PERCENTILE_WINDOW: int
PERCENTILES_TO_REPORT: list[float]
PERCENTILES_TO_STATISTICS: list[float]
PERCENTILES_TO_CHART: list[float]
MODERN_UI_PERCENTILES_TO_CHART: list[float]
global_stats: RequestStats
"""The run's statistics, under their name of 0.x. Use environment.stats."""

class CachedResponseTimes(NamedTuple):
    response_times: dict[int, int]
    num_requests: int
    num_none_requests: int = 0

class StatsEntry:
    """Numbers of one (name, method)."""

    stats: Any
    name: str
    method: str
    use_response_times_cache: bool
    start_time: float
    num_requests: int
    num_none_requests: int
    num_failures: int
    total_response_time: float
    max_response_time: float
    min_response_time: float | None
    total_content_length: int
    last_request_timestamp: float | None
    response_times: dict[int, int]
    """Locust's rounded buckets: milliseconds -> requests."""
    num_reqs_per_sec: dict[int, int]
    num_fail_per_sec: dict[int, int]
    response_times_cache: OrderedDict[int, CachedResponseTimes] | None

    def __init__(
        self, stats: RequestStats | None, name: str, method: str, use_response_times_cache: bool = False) -> None: ...
    def reset(self) -> None: ...
    def log(self, response_time: float | None, content_length: int) -> None:
        """Counts a request; response_time in milliseconds, None = not timed."""
    def log_error(self, error: BaseException | str | None) -> None: ...
    @property
    def fail_ratio(self) -> float:
        """Failures by requests, 0 to 1."""
    @property
    def avg_response_time(self) -> float:
        """Milliseconds."""
    @property
    def median_response_time(self) -> float:
        """Milliseconds."""
    @property
    def current_rps(self) -> float:
        """Requests a second, of the last ten seconds."""
    @property
    def current_fail_per_sec(self) -> float: ...
    @property
    def total_rps(self) -> float:
        """Requests a second, of the whole run."""
    @property
    def total_fail_per_sec(self) -> float: ...
    @property
    def avg_content_length(self) -> float: ...
    def extend(self, other: StatsEntry) -> None:
        """Adds the numbers of another row."""
    def serialize(self) -> dict[str, Any]:
        """The row as workers report it."""
    @classmethod
    def unserialize(cls, data: Mapping[str, Any], stats: RequestStats | None) -> StatsEntry: ...
    def get_stripped_report(self) -> dict[str, Any]:
        """The row as workers report it; it begins at nothing again."""
    def get_response_time_percentile(self, percent: float) -> float:
        """Milliseconds at or under which this share of the requests took; percent is 0 to 1."""
    def get_current_response_time_percentile(self, percent: float) -> float | None:
        """The same of the last ten seconds; None if nothing is known of them."""
    def percentile(self) -> str:
        """The row's line of the table of percentiles."""
    def to_dict(self, escape_string_values: bool = False) -> dict[str, Any]:
        """What the web UI shows of the row."""
    def to_string(self, current: bool = True) -> str:
        """The row's line of the table of requests."""

class StatsError:
    """One kind of failure."""

    method: str
    name: str
    error: Any
    occurrences: int
    first_seen: float | None
    last_seen: float | None

    def __init__(
        self, method: str, name: str, error: Any, occurrences: int = 0, first_seen: float | None = None,
        last_seen: float | None = None) -> None: ...
    @classmethod
    def parse_error(cls, error: Any) -> str: ...
    @classmethod
    def create_key(cls, method: str, name: str, error: Any) -> str: ...
    def occurred(self) -> None: ...
    def to_name(self) -> str: ...
    def to_dict(self) -> dict[str, Any]: ...
    def serialize(self) -> dict[str, Any]: ...
    @classmethod
    def unserialize(cls, data: dict[str, Any]) -> StatsError: ...

class RequestStats:
    """Statistics of requests: those of an environment are the run's."""

    use_response_times_cache: bool
    def __init__(self, use_response_times_cache: bool = True) -> None: ...
    @property
    def entries(self) -> Mapping[tuple[str, str], StatsEntry]:
        """Rows by (name, method); reading a missing one creates it."""
    @property
    def total(self) -> StatsEntry:
        """The sum of all rows."""
    @property
    def errors(self) -> dict[str, StatsError]: ...
    @property
    def history(self) -> list[dict[str, Any]]: ...
    @property
    def num_requests(self) -> int: ...
    @property
    def num_failures(self) -> int: ...
    @property
    def num_none_requests(self) -> int: ...
    @property
    def last_request_timestamp(self) -> float | None: ...
    @property
    def start_time(self) -> float: ...
    def get(self, name: str, method: str) -> StatsEntry:
        """The row of a name and a method, made if it is missing."""
    def log_request(self, method: str, name: str, response_time: float | None, content_length: int) -> None:
        """Counts a request; response_time in milliseconds, None = not timed."""
    def log_error(self, method: str, name: str, error: BaseException | str | None) -> None: ...
    def serialize_stats(self) -> list[dict[str, Any]]:
        """The rows that have counted something, as a worker reports them."""
    def serialize_errors(self) -> dict[str, dict[str, Any]]: ...
    def reset_all(self) -> None: ...
    def clear_all(self) -> None: ...

def sort_stats(stats: Mapping[Any, _T]) -> list[_T]: ...

def save_stats_json(stats: RequestStats, filename: str) -> None:
    """Writes what was counted as JSON to a file of this name with `.json` behind it."""

def update_stats_history(runner: Runner, timestamp: Any = None) -> None:
    """Java takes the samples by itself."""

class StatsCSV:
    """Writes the tables of an environment to a csv.writer."""

    failures_columns: list[str]
    exceptions_columns: list[str]
    environment: Environment
    percentiles_to_report: list[float]
    percentiles_na: list[str]
    requests_csv_columns: list[str]
    def __init__(self, environment: Environment, percentiles_to_report: list[float]) -> None: ...
    def requests_csv(self, csv_writer: Any) -> None:
        """The requests by name, then all."""

    def failures_csv(self, csv_writer: Any) -> None:
        """The failures by kind."""

    def exceptions_csv(self, csv_writer: Any) -> None:
        """The exceptions of user code by kind."""

    def close_files(self) -> None: ...

class StatsCSVFileWriter(StatsCSV):
    """Writes the tables to files again and again; a program runs it in a greenlet, as `gevent.spawn(writer)`."""

    base_filepath: str
    full_history: bool
    stats_history_csv_columns: list[str]
    def __init__(
        self, environment: Environment, percentiles_to_report: list[float], base_filepath: str,
        full_history: bool = False) -> None: ...
    def __call__(self) -> None: ...
    def stats_writer(self) -> None:
        """Writes until the greenlet is killed; the history grows, the other tables are written anew."""

    def requests_flush(self) -> None: ...
    def stats_history_flush(self) -> None: ...
    def failures_flush(self) -> None: ...
    def exceptions_flush(self) -> None: ...
    def stats_history_file_name(self) -> str: ...

class EntriesDict(dict[tuple[str, str], StatsEntry]):
    """The type's name; `stats.entries` reads the run's entries."""

def setup_distributed_stats_event_listeners(events: Events, stats: RequestStats) -> None:
    """Lets these statistics travel: workers' reports get them, a master's take them in. A run does this itself."""

def avg(values: list[float]) -> float:
    """The mean, 0 of nothing."""

def calculate_response_time_percentile(response_times: Mapping[int, int], num_requests: int, percent: float) -> int:
    """The time at or under which this share of the requests took, from {milliseconds: requests}."""

def bucket_response_time(response_time: float) -> int:
    """The bucket of a response time: two digits of it, whole milliseconds at least."""

def validate_stats_configuration() -> None:
    """Ends the program with a sentence if the percentiles of this module cannot be used. A run checks them itself."""

def diff_response_time_dicts(latest: Mapping[int, int], old: Mapping[int, int]) -> dict[int, int]:
    """What came on top of `old` in `latest`."""

def get_readable_percentiles(percentile_list: Iterable[float]) -> list[str]:
    """`50%`, `99.9%`."""

def get_stats_summary(stats: RequestStats, current: bool = True) -> list[str]:
    """The lines of the table of requests; rates of now or, if not `current`, of the whole run."""

def get_percentile_stats_summary(stats: RequestStats) -> list[str]:
    """The lines of the table of percentiles."""

def get_error_report_summary(stats: RequestStats) -> list[str]:
    """The lines of the table of errors."""

def print_stats(stats: RequestStats, current: bool = True) -> None:
    """Prints the table of requests."""

def print_percentile_stats(stats: RequestStats) -> None:
    """Prints the table of percentiles."""

def print_error_report(stats: RequestStats) -> None:
    """Prints the errors, if there are any."""

def print_stats_json(stats: RequestStats) -> None:
    """Prints the entries as JSON."""

def stats_printer(stats: RequestStats) -> Callable[[], NoReturn]:
    """A function that prints the table every two seconds; to be run in a greenlet."""

def stats_history(runner: Any) -> NoReturn:
    """For greenlets of Locust's own samples; here Java takes them, so this only waits until it is killed."""
