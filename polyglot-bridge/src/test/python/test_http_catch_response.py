"""catch_response: who decides what is reported."""
import unittest

from http_server import URL, Watched
from locust.contrib.fasthttp import FastHttpSession
from locust.exception import CatchResponseError, LocustError, RescheduleTask, ResponseError


class CatchResponseTest(unittest.TestCase):
    def outcome(self, body, path="/ok", expected=None):
        """repr of the reported exceptions, None for no event."""
        watched = Watched()

        def run():
            with watched.client.get(path, catch_response=True, name="N", context={"a": 1}) as response:
                body(response)

        if expected is None:
            run()
        else:
            with self.assertRaises(expected):
                run()
        for event in watched.events:
            self.assertEqual(("N", {"a": 1}), (event["name"], event["context"]))
        return [repr(event["exception"]) for event in watched.events]

    def test_without_a_verdict_the_status_decides(self):
        self.assertEqual(["None"], self.outcome(lambda r: None))
        self.assertEqual(["HTTPError('404 Client Error: Not Found for url: N')"],
                         self.outcome(lambda r: None, "/status/404"))

    def test_the_last_verdict_wins(self):
        self.assertEqual(["None"], self.outcome(lambda r: r.success(), "/status/500"))
        self.assertEqual(["CatchResponseError('txt')"], self.outcome(lambda r: r.failure("txt")))
        self.assertEqual(["ValueError('v')"], self.outcome(lambda r: r.failure(ValueError("v"))))
        self.assertEqual(["CatchResponseError({'a': 1})"], self.outcome(lambda r: r.failure({"a": 1})))
        self.assertEqual(["CatchResponseError('')"], self.outcome(lambda r: r.failure("")))

        def both(response):
            response.success()
            response.failure("x")

        def reverse(response):
            response.failure("x")
            response.success()

        self.assertEqual(["CatchResponseError('x')"], self.outcome(both))
        self.assertEqual(["None"], self.outcome(reverse))

    def test_raise_for_status_follows_the_verdict_also_after_the_block(self):
        for client in (Watched().client, Watched(session=FastHttpSession).client):
            with client.get("/ok", catch_response=True) as failed:
                failed.failure("important text was missing")
            with self.assertRaisesRegex(CatchResponseError, "important"):
                failed.raise_for_status()
            with client.get("/status/500", catch_response=True) as accepted:
                accepted.success()
            accepted.raise_for_status()

    def test_response_error_is_a_failure_and_swallowed(self):
        self.assertEqual(["ResponseError('re')"], self.outcome(self.raising(ResponseError("re"))))

    def test_other_exceptions_leave_without_an_event(self):
        for error in (CatchResponseError("c"), AssertionError("a"), RescheduleTask(), ValueError("v")):
            self.assertEqual([], self.outcome(self.raising(error), expected=type(error)))

    def test_a_verdict_is_reported_though_the_block_raises(self):
        def body(response):
            response.failure("x")
            raise ValueError("y")

        self.assertEqual(["CatchResponseError('x')"], self.outcome(body, expected=ValueError))

        def raising_response_error(response):
            response.failure("x")
            raise ResponseError("q")

        self.assertEqual(["CatchResponseError('x')"], self.outcome(raising_response_error, expected=ResponseError))

    def test_raise_for_status(self):
        self.assertEqual([], self.outcome(lambda r: r.raise_for_status(), "/status/404", expected=IOError))

        def body(response):
            response.failure("x")
            response.raise_for_status()

        self.assertEqual(["CatchResponseError('x')"], self.outcome(body, expected=CatchResponseError))

    def test_a_connection_that_failed(self):
        for body, expected in (
                (lambda r: self.assertEqual((0, ""), (r.status_code, r.text)),
                 "ConnectionRefusedError(111, 'Connection refused')"),
                (lambda r: r.failure("x"), "CatchResponseError('x')"), (lambda r: r.success(), "None")):
            watched = Watched("http://127.0.0.1:1")
            with watched.client.get("/ok", catch_response=True) as response:
                body(response)
            self.assertEqual(expected, watched.outcome())

    def test_using_a_response_twice_reports_twice(self):
        watched = Watched()
        response = watched.client.get("/ok", catch_response=True)
        self.assertEqual([], watched.events)
        with response:
            response.failure("a")
            response.success()
        with response:
            response.failure("b")
        self.assertEqual(["None", "CatchResponseError('b')"], [repr(event["exception"]) for event in watched.events])

    def test_the_meta_data_may_be_changed(self):
        def body(response):
            response.request_meta["name"] = "changed"
            response.request_meta["response_time"] = 12

        watched = Watched()
        with watched.client.get("/ok", catch_response=True) as response:
            body(response)
        self.assertEqual(("changed", 12), (watched.last["name"], watched.last["response_time"]))

    def test_verdicts_need_the_block_and_the_block_needs_catch_response(self):
        early = "Tried to set status on a request that has not yet been made."
        client = Watched().client
        for call in (lambda: client.get("/ok").success(), lambda: client.get("/ok").failure("x"),
                     lambda: client.get("/ok", catch_response=True).failure("x")):
            with self.assertRaises(LocustError) as caught:
                call()
            self.assertTrue(str(caught.exception).startswith(early))
        with self.assertRaises(LocustError) as caught:
            with client.get("/ok"):
                pass
        self.assertEqual("In order to use a with-block for requests, you must also pass catch_response=True",
                         str(caught.exception))

    def test_responses_of_requests_itself_say_what_is_wrong(self):
        import requests
        with self.assertRaises(LocustError) as caught:
            requests.get(URL + "/ok").success()
        self.assertTrue(str(caught.exception).startswith("If you want to change the state of the request using"))

    @staticmethod
    def raising(error):
        def body(response):
            raise error
        return body
