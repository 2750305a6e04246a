# Written by 'katydid stubs', which overwrites it.
import logging
from collections import deque
from typing import Any, Callable

HOSTNAME: str
unhandled_greenlet_exception: bool

def setup_logging(loglevel: str, logfile: str | None = None) -> None:
    """Root and `locust` loggers at this level, everything through the run's log; before a run exists, to stderr.

    A `logfile` gets what these loggers write instead.
    """

def greenlet_exception_logger(logger: logging.Logger, level: int = 50) -> Callable[[Any], None]:
    """A function for Greenlet.link_exception(): logs what the greenlet died of."""

class LogReader(logging.Handler):
    """Keeps the last lines in `logs`, for files and programs that add it to a logger themselves."""

    logs: deque[str]
    def __init__(self) -> None: ...
    def emit(self, record: logging.LogRecord) -> None: ...
