"""Which clients a warm-up has to warm, and that its users get answers they are content with."""
import unittest

import _katydid_http
import _katydid_log
import _katydid_warm_up as warm_up
from locust import FastHttpUser, HttpUser, User


class Shopper(HttpUser):
    pass


class Visitor(FastHttpUser):
    pass


class Other(User):
    pass


class _Http:
    """Makes sessions as class HttpBridge does."""

    newSession = staticmethod(_katydid_http.new_session)


class UsersTest(unittest.TestCase):
    def test_failed_requests_of_a_user_are_counted_nowhere_and_are_no_errors(self):
        counted = []
        record, _katydid_log.record_request = _katydid_log.record_request, lambda *values: counted.append(values)
        try:
            warm_up.open_for(_Http, "http://127.0.0.1:1")
            errors = []
            warm_up._environment.events.user_error.add_listener(lambda exception, **kwargs: errors.append(exception))
            # More than enough for each kind of request to be among them.
            for kind in (warm_up.PLAIN, warm_up.FAST):
                turns = warm_up.begin_user(kind)
                for _ in range(60):
                    self.assertEqual(0.0, turns.until_wait(False))
                self.assertEqual(-1.0, turns.until_wait(True))
        finally:
            _katydid_log.record_request = record
        self.assertEqual([], counted)
        self.assertEqual([], errors)


class KindsTest(unittest.TestCase):
    def test_each_kind_of_client_once(self):
        self.assertEqual([], warm_up.kinds([Other]))
        self.assertEqual([warm_up.PLAIN], warm_up.kinds([Other, Shopper, Shopper]))
        self.assertEqual([warm_up.FAST], warm_up.kinds([Visitor]))
        self.assertEqual([warm_up.PLAIN, warm_up.FAST], warm_up.kinds([Visitor, Shopper]))


if __name__ == "__main__":
    unittest.main()
