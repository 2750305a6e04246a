"""multipart/form-data as requests writes it."""
from binascii import hexlify
from os import urandom


def _bytes(value):
    if isinstance(value, (bytes, bytearray)):
        return bytes(value)
    return str(value).encode("utf-8")


def _quoted(name, value):
    if isinstance(value, bytes):
        value = value.decode("utf-8")
    # The characters that would end the parameter are escaped as HTML5 says.
    return f'{name}="{value.translate({10: "%0A", 13: "%0D", 34: "%22"})}"'


def encode(parts, boundary=None):
    """(body, content type). A part is (name, value) or (name, (file name, data[, content type[, headers]]))."""
    if boundary is None:
        boundary = hexlify(urandom(16)).decode("ascii")
    mark = b"--" + boundary.encode("ascii") + b"\r\n"
    body = []
    for name, value in parts:
        headers = {}
        file_name = content_type = None
        if isinstance(value, tuple):
            file_name, data = value[0], value[1]
            if len(value) > 2:
                content_type = value[2]
            if len(value) > 3 and value[3]:
                headers = dict(value[3])
        else:
            data = value
        disposition = "form-data; " + _quoted("name", name)
        if file_name is not None:
            disposition += "; " + _quoted("filename", file_name)
        lines = [f"Content-Disposition: {disposition}"]
        if content_type:
            lines.append(f"Content-Type: {content_type}")
        lines += [f"{key}: {text}" for key, text in headers.items()
                  if key.lower() not in ("content-disposition", "content-type")]
        body += [mark, "\r\n".join(lines).encode("utf-8"), b"\r\n\r\n", _bytes(data), b"\r\n"]
    body.append(b"--" + boundary.encode("ascii") + b"--\r\n")
    return b"".join(body), "multipart/form-data; boundary=" + boundary
