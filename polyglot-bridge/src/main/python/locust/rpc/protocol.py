"""What a listener of a custom message gets."""


class Message:
    """A message's type, its data and the node it came from."""

    def __init__(self, message_type, data, node_id):
        self.type = message_type
        self.data = data
        self.node_id = node_id

    def __repr__(self):
        return f"<Message {self.type}:{self.node_id}>"
