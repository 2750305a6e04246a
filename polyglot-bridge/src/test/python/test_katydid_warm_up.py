"""Which clients a warm-up has to warm, and that its users get answers they are content with."""
import unittest

import _katydid_warm_up as warm_up
from locust import FastHttpUser, HttpUser, User


class Shopper(HttpUser):
    pass


class Visitor(FastHttpUser):
    pass


class Other(User):
    pass


class KindsTest(unittest.TestCase):
    def test_each_kind_of_client_once(self):
        self.assertEqual([], warm_up.kinds([Other]))
        self.assertEqual([False], warm_up.kinds([Other, Shopper, Shopper]))
        self.assertEqual([True], warm_up.kinds([Visitor]))
        self.assertEqual([False, True], warm_up.kinds([Visitor, Shopper]))


if __name__ == "__main__":
    unittest.main()
