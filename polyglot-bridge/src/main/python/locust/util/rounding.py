"""Rounding as people do it."""


def proper_round(val, digits=0):
    """Rounds halves up, where Python's round() goes to the even neighbour."""
    return round(val + 10 ** (-len(str(val)) - 1), digits)
