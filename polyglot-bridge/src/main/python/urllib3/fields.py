"""One part of a multipart/form-data body."""
import mimetypes


def guess_content_type(filename, default="application/octet-stream"):
    """The media type a file name suggests."""
    return (mimetypes.guess_type(filename)[0] if filename else None) or default


class RequestField:
    """A field with its data and headers, for code that writes multipart bodies itself."""

    def __init__(self, name, data, filename=None, headers=None, header_formatter=None):
        self._name = name
        self._filename = filename
        self.data = data
        self.headers = dict(headers or {})
        self._formatter = header_formatter or format_multipart_header_param

    @classmethod
    def from_tuples(cls, fieldname, value, header_formatter=None):
        """A field of text or bytes, or of (file name, data[, media type])."""
        filename = media_type = None
        data = value
        if isinstance(value, tuple):
            filename, data = value[0], value[1]
            media_type = value[2] if len(value) == 3 else guess_content_type(filename)
        field = cls(fieldname, data, filename=filename, header_formatter=header_formatter)
        field.make_multipart(content_type=media_type)
        return field

    def make_multipart(self, content_disposition=None, content_type=None, content_location=None):
        """Sets the headers of a part."""
        words = [content_disposition or "form-data", self._formatter("name", self._name)]
        if self._filename is not None:
            words.append(self._formatter("filename", self._filename))
        self.headers["Content-Disposition"] = "; ".join(words)
        self.headers["Content-Type"] = content_type
        self.headers["Content-Location"] = content_location

    def render_headers(self):
        """The headers as they stand in the body, with the empty line behind them."""
        first = ("Content-Disposition", "Content-Type", "Content-Location")
        names = [name for name in first if self.headers.get(name)]
        names += [name for name, value in self.headers.items() if name not in first and value]
        return "".join(f"{name}: {self.headers[name]}\r\n" for name in names) + "\r\n"


def format_multipart_header_param(name, value):
    """name="value", with quotes and line breaks of the value written as browsers do."""
    if isinstance(value, bytes):
        value = value.decode("utf-8")
    return '{}="{}"'.format(name, value.translate({10: "%0A", 13: "%0D", 34: "%22"}))
