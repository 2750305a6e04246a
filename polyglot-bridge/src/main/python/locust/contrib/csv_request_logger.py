"""Writes every request as a line of a CSV file."""
import _katydid_log as _log

CSV_COLUMNS = ("timestamp", "request_type", "name", "response_time_ms", "response_length", "status_code", "exception")


class CsvRequestLogger:
    """register(environment) opens the file; it is flushed every `flush_interval` seconds and closed at the end."""

    def __init__(self, filepath, *, flush_interval=1):
        self.filepath = filepath
        self.flush_interval = flush_interval
        self._file = None
        self._writer = None
        self._flushed = 0.0

    def register(self, environment):
        """Opens the file, writes its header and listens to the requests from now on."""
        import csv
        import os
        folder = os.path.dirname(self.filepath)
        if folder:
            os.makedirs(folder, exist_ok=True)
        self._file = open(self.filepath, "w", newline="", encoding="utf-8")
        self._writer = csv.writer(self._file)
        self._writer.writerow(CSV_COLUMNS)
        environment.events.request.add_listener(self._on_request)
        environment.events.quitting.add_listener(lambda **kwargs: self.close())

    def _on_request(self, request_type, name, response_time, response_length, exception=None, response=None,
                    start_time=None, **kwargs):
        import time
        if self._file is None:
            return
        now = time.time()
        self._writer.writerow((
            now if start_time is None else start_time, request_type, name, response_time, response_length,
            _status_code(response, exception), str(exception) if exception else ""))
        if now - self._flushed >= self.flush_interval:
            self._flushed = now
            self._file.flush()

    def close(self):
        """Closes the file; later requests are not written."""
        if self._file is not None:
            file, self._file = self._file, None
            file.close()
            _log.log(_log.DEBUG, "locust.contrib.csv_request_logger", f"Closed {self.filepath}")


def _status_code(response, exception):
    """The status as a number, 0 where there is none."""
    try:
        return int(getattr(response, "status_code", 0) or 0)
    except (TypeError, ValueError):
        return 0
