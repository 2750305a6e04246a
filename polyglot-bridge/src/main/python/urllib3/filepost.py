"""Bodies of multipart/form-data."""


def encode_multipart_formdata(fields, boundary=None):
    """(body, content type) of fields: name to value or to (file name, data[, type])."""
    from _katydid_multipart import encode
    return encode(fields.items() if hasattr(fields, "items") else fields, boundary)
