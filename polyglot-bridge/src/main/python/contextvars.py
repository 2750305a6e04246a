"""contextvars. What is set in a context variable is filed under the Java thread, so users keep theirs once this is imported."""
from _contextvars import Context, ContextVar, Token, copy_context

import _katydid

__all__ = ("Context", "ContextVar", "Token", "copy_context")

_katydid.bind_all_threads()
