# Written by 'katydid stubs', which overwrites it.
from typing import Any, Callable, Generic, TypeVar

_R = TypeVar("_R")

class _Cached(Generic[_R]):
    def __call__(self, *args: Any, **kwargs: Any) -> _R: ...
    def clear_cache(self) -> None: ...

def memoize(timeout: float, dynamic_timeout: bool = False) -> Callable[[Callable[..., _R]], _Cached[_R]]:
    """A decorator: the function runs again only after `timeout` seconds. With `dynamic_timeout` a slow function is kept
    for as long as it took, if that is longer. The cached function has `clear_cache()`."""
