"""rest() and rest_() of both kinds of user."""
import unittest

from http_server import URL, headers
from locust import FastHttpUser, HttpUser
from locust.contrib.fasthttp import FastHttpSession
from locust.env import Environment

JSON = '{"a": [1, 2.5, null, true], "b": "\u00e9"}'


class RestTest(unittest.TestCase):
    def setUp(self):
        self.environment = Environment(user_classes=[])
        self.events = []
        self.environment.events.request.add_listener(lambda **kwargs: self.events.append(kwargs))

    def users(self):
        for base in (HttpUser, FastHttpUser):
            self.events.clear()
            yield type("Rest", (base,), {"host": URL, "abstract": True})(self.environment)

    def outcome(self, user, path, body=None):
        self.events.clear()
        with user.rest("GET", path) as response:
            if body is not None:
                body(response)
        self.assertEqual(1, len(self.events))
        return repr(self.events[0]["exception"])

    def test_json_is_parsed(self):
        for user in self.users():
            seen = []
            self.assertEqual("None", self.outcome(user, "/json", lambda r: seen.append(r.js)))
            self.assertEqual([{"a": [1, 2.5, None, True], "b": "\u00e9"}], seen)
            self.assertEqual("None", self.outcome(user, "/status/204", lambda r: seen.append(r.js)))
            self.assertIsNone(seen[1])

    def test_what_is_not_json_is_a_failure(self):
        for user in self.users():
            for path, text, status in (("/ok", "hello", 200), ("/status/404", "Not Found here", 404)):
                self.assertEqual(
                    f"CatchResponseError('Could not parse response as JSON. {text}, response code {status}, error "
                    "Expecting value: line 1 column 1 (char 0)')", self.outcome(user, path))
            self.assertEqual("None", self.outcome(user, "/ok", lambda r: r.success()))

    def test_assertions(self):
        for user in self.users():
            def plain(response):
                assert response.js["a"] == 5, "msg"

            def comma(response):
                assert response.js["a"] == 5, "msg,"

            def silent(response):
                raise AssertionError

            self.assertEqual("CatchResponseError('msg')", self.outcome(user, "/json", plain))
            self.assertEqual(f"CatchResponseError('msg, response was {JSON}')", self.outcome(user, "/json", comma))
            self.assertEqual("CatchResponseError('Assertion failed')", self.outcome(user, "/json", silent))

    def test_other_exceptions(self):
        for user in self.users():
            def missing(response):
                response.js["zz"]

            text = str(self.caught(user, missing))
            self.assertTrue(text.startswith("KeyError: 'zz' at "), text)
            self.assertIn(" in missing. Response was {", text)

    def caught(self, user, body):
        self.outcome(user, "/json", body)
        return self.events[0]["exception"]

    def test_no_connection(self):
        for user in self.users():
            user.client.base_url = "http://127.0.0.1:1"
            self.assertIn("[Errno 111] Connection refused", self.outcome(user, "/json"))

    def test_headers(self):
        for user in self.users():
            with user.rest("POST", "/echo", json={"a": 1}, headers={"x": "1"}) as response:
                sent = headers(response.js)
            self.assertEqual(("application/json", "application/json", "1"), (
                sent["content-type"], sent["accept"], sent["x"]))
            with user.rest("POST", "/echo", json={}, headers={"content-type": "q", "accept": "r"}) as response:
                sent = headers(response.js)
            self.assertEqual(("q", "r"), (sent["content-type"], sent["accept"]))

    def test_a_parameter_against_caches(self):
        for user in self.users():
            for call, name in ((lambda: user.rest_("GET", "/json"), "/json?_=..."),
                               (lambda: user.rest_("GET", "/json?a=1"), "/json?a=1&_=..."),
                               (lambda: user.rest_("GET", "/json", name="n"), "n")):
                self.events.clear()
                with call():
                    pass
                self.assertEqual(name, self.events[0]["name"])
                self.assertRegex(self.events[0]["url"], r"_=\d{13}$")


class HostTest(unittest.TestCase):
    def test_a_user_without_host_cannot_be_made(self):
        from locust.exception import StopTest
        for base in (HttpUser, FastHttpUser):
            user_class = type("Homeless", (base,), {"abstract": True})
            with self.assertRaises(StopTest) as caught:
                user_class(Environment(user_classes=[]))
            self.assertEqual("You must specify the base host. Either in the host attribute in the User class, or on "
                             "the command line using the --host option.", str(caught.exception))

    def test_an_init_that_forgets_the_base_class_is_explained(self):
        class Forgetful(HttpUser):
            abstract = True

            def __init__(self, environment):
                pass

        with self.assertRaises(AssertionError) as caught:
            Forgetful(None).environment
        self.assertIn("Attribute 'environment' is missing on user Forgetful.", str(caught.exception))
        self.assertFalse(hasattr(HttpUser, "environment"))

    def test_options_of_fast_users(self):
        user_class = type("Optioned", (FastHttpUser,), {
            "host": URL, "abstract": True, "default_headers": {"Q": "1"}, "network_timeout": 0.2})
        user = user_class(Environment(user_classes=[]))
        self.assertIsInstance(user.client, FastHttpSession)
        self.assertEqual("1", headers(user.client.get("/echo").json())["q"])
        self.assertEqual(0, user.client.get("/slow").status_code)
