"""What a listener of a custom message gets, and the form in which dates travel."""
import datetime

_DATE_FORM = "%Y%m%dT%H:%M:%S.%f"


def to_wire(data):
    """The data with every date as the map it travels as."""
    if isinstance(data, datetime.datetime):
        return {"__datetime__": True, "as_str": data.strftime(_DATE_FORM)}
    if isinstance(data, dict):
        return {key: to_wire(value) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [to_wire(value) for value in data]
    return data


def from_wire(data):
    """The opposite of to_wire. A map that only looks like a date stays a map."""
    if isinstance(data, list):
        return [from_wire(value) for value in data]
    if not isinstance(data, dict):
        return data
    if "__datetime__" in data:
        try:
            return datetime.datetime.strptime(data["as_str"], _DATE_FORM)
        except (KeyError, TypeError, ValueError):
            return data
    return {key: from_wire(value) for key, value in data.items()}


class Message:
    """A message's type, its data and the node it came from."""

    def __init__(self, message_type, data, node_id):
        self.type = message_type
        self.data = data
        self.node_id = node_id

    def __repr__(self):
        return f"<Message {self.type}:{self.node_id}>"
