# Written by 'katydid stubs', which overwrites it.
from typing import Any

def encode_multipart_formdata(fields: Any, boundary: str | None = None) -> tuple[bytes, str]:
    """(body, content type) of fields: name to value or to (file name, data[, type])."""
