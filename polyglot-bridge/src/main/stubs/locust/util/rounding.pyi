# Written by 'katydid stubs', which overwrites it.
def proper_round(val: float, digits: int = 0) -> float:
    """Rounds halves up, where Python's round() goes to the even neighbour."""
