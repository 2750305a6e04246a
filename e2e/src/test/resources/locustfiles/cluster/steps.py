"""A load shape: three users, then six, then the end."""
from locust import LoadTestShape


class Steps(LoadTestShape):
    def tick(self):
        seconds = self.get_run_time()
        if seconds < 3:
            return 3, 10
        if seconds < 7:
            return 6, 10
        return None
