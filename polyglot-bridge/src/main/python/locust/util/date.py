"""Times as texts, in UTC."""
import time


def format_utc_timestamp(unix_timestamp):
    """`2023-11-14T22:13:20Z`."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(unix_timestamp))


def format_safe_timestamp(unix_timestamp):
    """`2023-11-14-22h13`, fit for file names."""
    return time.strftime("%Y-%m-%d-%Hh%M", time.localtime(unix_timestamp))


def format_duration(start_time, end_time):
    """`1 hour, 2 minutes and 5 seconds` between two times in seconds."""
    seconds = int(end_time) - int(start_time)
    parts = []
    for name, size in (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1)):
        number, seconds = divmod(seconds, size)
        if number:
            parts.append(f"{number} {name}{'' if number == 1 else 's'}")
    if not parts:
        return "0 seconds"
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
