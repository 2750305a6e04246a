"""Rounding as people do it."""


def proper_round(val, digits=0):
    """Rounds halves up, where Python's round() goes to the even neighbour."""
    if isinstance(val, int) and digits >= 0:
        return round(float(val), digits)
    return round(val + 10 ** (-len(str(val)) - 1), digits)
