# Written by 'katydid stubs', which overwrites it.
from collections.abc import Callable, Mapping
from typing import Any

from typing_extensions import Self

def guess_content_type(filename: str | None, default: str = "application/octet-stream") -> str:
    """The media type a file name suggests."""

class RequestField:
    """A field with its data and headers, for code that writes multipart bodies itself."""

    data: Any
    headers: dict[str, str | None]
    def __init__(
        self, name: str, data: Any, filename: str | None = None, headers: Mapping[str, str] | None = None,
        header_formatter: Callable[[str, Any], str] | None = None) -> None: ...
    @classmethod
    def from_tuples(
        cls, fieldname: str, value: Any, header_formatter: Callable[[str, Any], str] | None = None) -> Self:
        """A field of text or bytes, or of (file name, data[, media type])."""
    def make_multipart(
        self, content_disposition: str | None = None, content_type: str | None = None,
        content_location: str | None = None) -> None:
        """Sets the headers of a part."""
    def render_headers(self) -> str:
        """The headers as they stand in the body, with the empty line behind them."""

def format_multipart_header_param(name: str, value: str | bytes) -> str:
    """name="value", with quotes and line breaks of the value written as browsers do."""
