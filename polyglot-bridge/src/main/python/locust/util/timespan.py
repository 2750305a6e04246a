"""Time spans as the command line takes them."""
import re


def parse_timespan(time_str):
    """Seconds of `20`, `20s`, `3m`, `2h`, `1h20m`, `3h30m10s`.

    Raises ValueError for anything else.
    """
    if not time_str:
        raise ValueError("Invalid time span format")
    if re.match(r"^\d+$", time_str):
        return int(time_str)
    found = re.match(r"^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$", time_str)
    if not found:
        raise ValueError("Invalid time span format. Valid formats: 20, 20s, 3m, 2h, 1h20m, 3h30m10s, etc.")
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds
