"""The part of greenlet that Katydid's own packages need."""


class GreenletExit(BaseException):
    """Ends a greenlet quietly."""
