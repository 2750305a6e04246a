"""Time zones of older locustfiles; datetime.timezone does the same."""
import datetime


class FixedOffsetTimezone(datetime.tzinfo):
    """So far from UTC: a timedelta, or minutes."""

    def __init__(self, offset=None, name=None):
        if offset is not None:
            self._offset = offset if isinstance(offset, datetime.timedelta) else datetime.timedelta(minutes=offset)
        else:
            self._offset = datetime.timedelta(0)
        self._name = name

    def __repr__(self):
        return f"psycopg2.tz.FixedOffsetTimezone(offset={self._offset!r}, name={self._name!r})"

    def __eq__(self, other):
        return isinstance(other, FixedOffsetTimezone) and self._offset == other._offset

    def __hash__(self):
        return hash(self._offset)

    def __getinitargs__(self):
        return self._offset, self._name

    def utcoffset(self, dt):
        return self._offset

    def tzname(self, dt):
        if self._name is not None:
            return self._name
        minutes = int(self._offset.total_seconds()) // 60
        hours, minutes = divmod(abs(minutes), 60)
        return f"{'-' if self._offset < datetime.timedelta(0) else '+'}{hours:02}" + (f":{minutes:02}" if minutes else "")

    def dst(self, dt):
        return datetime.timedelta(0)


class LocalTimezone(datetime.tzinfo):
    """The zone of this machine."""

    def _local(self, dt):
        import time
        if dt is None:
            return time.localtime()
        return time.localtime(time.mktime((dt.year, dt.month, dt.day, dt.hour, dt.minute, dt.second, dt.weekday(), 0, -1)))

    def utcoffset(self, dt):
        return datetime.timedelta(seconds=self._local(dt).tm_gmtoff)

    def dst(self, dt):
        return datetime.timedelta(hours=1 if self._local(dt).tm_isdst > 0 else 0)

    def tzname(self, dt):
        return self._local(dt).tm_zone


LOCAL = LocalTimezone()
ZERO = datetime.timedelta(0)
