# Written by 'katydid stubs', which overwrites it.
def parse_timespan(time_str: str) -> int:
    """Seconds of `20`, `20s`, `3m`, `2h`, `1h20m`, `3h30m10s`."""
