"""What this process uses of the machine, as a runner tells it. Asked for rarely, so nothing is measured before."""
import time

# How long a figure is given again: over less than that it would be noise.
_SECONDS = 1.0
_last = {}


def cpu_percent():
    """Percent of one core since the last time, or since the process has begun."""
    process = _process()
    now = time.monotonic()
    if not _last:
        begun = now - max(time.time() - process.create_time(), 0.01)
        _last.update(time=begun, used=0.0, percent=0.0)
    if now - _last["time"] >= _SECONDS:
        times = process.cpu_times()
        used = times.user + times.system
        _last.update(percent=max(0.0, round(100 * (used - _last["used"]) / (now - _last["time"]), 1)), time=now, used=used)
    return _last["percent"]


def memory_bytes():
    return _process().memory_info().rss


def _process():
    import psutil
    return psutil.Process()
