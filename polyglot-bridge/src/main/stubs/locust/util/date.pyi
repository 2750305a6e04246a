# Written by 'katydid stubs', which overwrites it.
def format_utc_timestamp(unix_timestamp: float) -> str:
    """`2023-11-14T22:13:20Z`."""

def format_safe_timestamp(unix_timestamp: float) -> str:
    """`2023-11-14-22h13`, fit for file names."""

def format_duration(start_time: float, end_time: float) -> str:
    """`1 hour, 2 minutes and 5 seconds` between two times in seconds."""
