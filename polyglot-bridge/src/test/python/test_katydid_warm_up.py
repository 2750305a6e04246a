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
    def test_failed_requests_of_a_user_are_counted_nowhere_and_do_not_end_it(self):
        counted = []
        record, _katydid_log.record_request = _katydid_log.record_request, lambda *values: counted.append(values)
        try:
            for fast in (False, True):
                turns = warm_up.begin_user(_Http, "http://127.0.0.1:1", fast)
                for _ in range(40):
                    self.assertEqual(0.0, turns.until_wait(False))
        finally:
            _katydid_log.record_request = record
        self.assertEqual([], counted)


class KindsTest(unittest.TestCase):
    def test_each_kind_of_client_once(self):
        self.assertEqual([], warm_up.kinds([Other]))
        self.assertEqual([False], warm_up.kinds([Other, Shopper, Shopper]))
        self.assertEqual([True], warm_up.kinds([Visitor]))
        self.assertEqual([False, True], warm_up.kinds([Visitor, Shopper]))


if __name__ == "__main__":
    unittest.main()
