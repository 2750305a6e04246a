# Written by 'katydid stubs', which overwrites it.
from collections.abc import Collection
from typing import Any, ClassVar

from typing_extensions import Self

class Retry:
    """Limits for repeating a request. `HTTPAdapter(max_retries=Retry(...))` follows total, connect, read, status,
    status_forcelist, allowed_methods, backoff_factor, backoff_max, raise_on_status and respect_retry_after_header."""

    DEFAULT_ALLOWED_METHODS: ClassVar[Collection[str]]
    RETRY_AFTER_STATUS_CODES: ClassVar[Collection[int]]
    DEFAULT_REMOVE_HEADERS_ON_REDIRECT: ClassVar[Collection[str]]
    DEFAULT_BACKOFF_MAX: ClassVar[float]
    DEFAULT: ClassVar[Retry]
    total: int | bool | None
    connect: int | None
    read: int | bool | None
    redirect: int | bool | None
    status: int | None
    other: int | None
    allowed_methods: Collection[str] | None
    status_forcelist: Collection[int]
    backoff_factor: float
    backoff_max: float
    raise_on_redirect: bool
    raise_on_status: bool
    history: tuple[Any, ...]
    respect_retry_after_header: bool
    remove_headers_on_redirect: Collection[str]
    backoff_jitter: float
    retry_after_max: int
    def __init__(
        self, total: int | bool | None = 10, connect: int | None = None, read: int | bool | None = None,
        redirect: int | bool | None = None, status: int | None = None, other: int | None = None,
        allowed_methods: Collection[str] | None = ..., status_forcelist: Collection[int] | None = None,
        backoff_factor: float = 0, backoff_max: float = ..., raise_on_redirect: bool = True,
        raise_on_status: bool = True, history: tuple[Any, ...] | None = None,
        respect_retry_after_header: bool = True, remove_headers_on_redirect: Collection[str] = ...,
        backoff_jitter: float = 0.0, retry_after_max: int = 21600, *,
        method_whitelist: Collection[str] | None = ...) -> None: ...
    @classmethod
    def from_int(cls, retries: Any, redirect: bool = True, default: Any = None) -> Retry:
        """A Retry of a number, None, False or a Retry."""
    def new(self, **changes: Any) -> Self: ...
    def allows(self, method: str) -> bool:
        """Whether a request of this method may be repeated after its reply has begun."""
    def budget(self, kind: str) -> int:
        """How many repetitions are allowed for "connect", "read" or "status"."""
    def get_backoff_time(self, repeated: int | None = None) -> float:
        """Seconds to wait before the next attempt after `repeated` failures in a row (default: the history's)."""
