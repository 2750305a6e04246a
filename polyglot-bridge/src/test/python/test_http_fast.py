"""self.client of a FastHttpUser: where it differs from HttpUser's."""
import unittest

from http_server import PORT, URL, Watched, headers
from locust.contrib.fasthttp import FastHttpSession
from locust.exception import CatchResponseError, LocustError, ResponseError


def fast(base=URL, **settings):
    settings = {"network_timeout": 60.0, "connection_timeout": 60.0, "max_retries": 0, "max_redirects": 30} | settings
    return Watched(base, FastHttpSession, **settings)


class WrittenTest(unittest.TestCase):
    def test_the_url_is_sent_as_it_is_written(self):
        client = fast().client
        for path in ("/echo/../../etc/passwd", "/echo/./x", "/echo/x/..", "/echo?filter[name]=a&page[size]=3", "/echo/[x]",
                     "/echo/%zz|{}^`"):
            self.assertEqual(path, client.get(path).json()["target"])
        self.assertEqual("/echo/a%20b%C3%A9", client.get("/echo/a b\u00e9").json()["target"])

    def test_headers_may_be_a_list(self):
        sent = headers(fast().client.get("/echo", headers=[("X-A", "1"), ("X-A", "2")]).json())
        self.assertEqual("2", sent["x-a"])


class EventTest(unittest.TestCase):
    def test_a_success_is_reported_with_all_fields(self):
        watched = fast()
        response = watched.client.get("/ok?x=1")
        event = watched.last
        self.assertEqual(("hello", b"hello", 200, True), (
            response.text, response.content, response.status_code, response.ok))
        self.assertEqual(("GET", "/ok?x=1", {}, None, f"{URL}/ok?x=1", 5), (
            event["request_type"], event["name"], event["context"], event["exception"], event["url"],
            event["response_length"]))
        self.assertGreater(event["response_time"], 0)

    def test_names_are_the_url_as_passed(self):
        watched = fast()
        watched.client.get(URL + "/ok?q=1")
        watched.client.get("/ok", params={"a": "b c"})
        with watched.client.rename_request("ren"):
            watched.client.get("/ok")
        watched.client.get("/echo/\u00e9 b#frag")
        watched.client.post("/ok", name="n")
        self.assertEqual([URL + "/ok?q=1", "/ok", "ren", "/echo/\u00e9 b#frag", "n"],
                         [event["name"] for event in watched.events])
        self.assertEqual(URL + "/ok", watched.last["url"])

    def test_good_and_bad_status_codes(self):
        for status, expected in ((200, "None"), (208, "None"), (209, "LocustBadStatusCode(code=209)"),
                                 (226, "None"), (304, "None"), (305, "LocustBadStatusCode(code=305)"),
                                 (404, "LocustBadStatusCode(code=404)"), (500, "LocustBadStatusCode(code=500)")):
            watched = fast()
            self.assertEqual(status, watched.client.get(f"/status/{status}").status_code)
            self.assertEqual(expected, watched.outcome())

    def test_failures(self):
        for path, expected in (
                ("/slow", f"RetriesExceeded('{URL}/slow', 0, original=timed out)"),
                ("/loop", f"RetriesExceeded('{URL}/loop', 'Redirection limit reached (30)')"),
                ("/short", "HTTPParseError('Incomplete response.')"),
                ("/garbage", "HTTPParseError('Expected HTTP/, RTSP/ or ICE/', 8)"),
                ("/drop", "HTTPConnectionClosed('connection closed.')")):
            watched = fast(network_timeout=0.3 if path == "/slow" else 60.0)
            response = watched.client.get(path)
            self.assertEqual(expected, watched.outcome())
            self.assertEqual(200 if path == "/short" else 0, response.status_code)
            self.assertEqual(0, watched.last["response_length"])
            if path != "/short":
                self.assertEqual((None, None, None, True), (
                    response.text, response.content, response.headers, response.ok))
                self.assertRaises(type(response.error), response.raise_for_status)
                self.assertRaises(TypeError, response.json)

    def test_nobody_listening_and_no_such_url(self):
        watched = fast("http://127.0.0.1:1")
        watched.client.get("/x")
        self.assertEqual("ConnectionRefusedError(111, 'Connection refused')", watched.outcome())
        watched = fast(None)
        watched.client.get("/x")
        self.assertEqual("None/x", watched.last["url"])
        self.assertEqual("gaierror", type(watched.last["exception"]).__name__)


class SentTest(unittest.TestCase):
    def setUp(self):
        self.client = fast().client

    def test_the_usual_headers(self):
        self.assertEqual({"host": f"127.0.0.1:{PORT}", "user-agent": "python/gevent-http-client-2.6.1",
                          "accept-encoding": "gzip, deflate, br"}, headers(self.client.get("/echo").json()))

    def test_bodies(self):
        form = "application/x-www-form-urlencoded; charset=utf-8"
        for kwargs, body, kind in (
                ({"json": {"a": 1, "\u00e9": "\u00e9"}}, '{"a": 1, "\\u00e9": "\\u00e9"}', "application/json"),
                ({"json": {"q": 1}, "data": ""}, '{"q": 1}', "application/json"),
                ({"json": [float("nan")]}, "[NaN]", "application/json"),
                ({"json": {"a": 1}, "data": "x"}, "x", "text/plain; charset=utf-8"),
                ({"data": {"a": 1, "c": "\u00e9 &"}}, "a=1&c=%C3%A9+%26", form),
                ({"data": b"\x00\xff"}, "\x00\xff", "application/octet-stream"),
                ({"json": 1, "headers": {"content-type": "q"}}, "1", "q")):
            echoed = self.client.post("/echo", **kwargs).json()
            self.assertEqual((body, kind), (echoed["body"], headers(echoed)["content-type"]))
        self.assertEqual("application/json", headers(self.client.post("/echo", json={}).json())["accept"])
        self.assertEqual("y", headers(self.client.post("/echo", json={}, headers={"accept": "y"}).json())["accept"])

    def test_streamed_bodies_and_files(self):
        echoed = self.client.post("/echo", data=(piece for piece in [b"a", b"bc"])).json()
        self.assertEqual(("abc", "chunked"), (echoed["body"], headers(echoed)["transfer-encoding"]))
        echoed = self.client.post("/echo", files={"f": ("n.txt", b"data", "text/plain")}).json()
        self.assertIn('name="f"; filename="n.txt"\r\nContent-Type: text/plain\r\n\r\ndata\r\n', echoed["body"])

    def test_headers_become_text(self):
        sent = headers(self.client.get("/echo", headers={"a": 5, "Accept": None, "User-Agent": "x"}).json())
        self.assertEqual(("5", "None", "x"), (sent["a"], sent["accept"], sent["user-agent"]))
        self.client.client.default_headers.update({"X-All": "y"})
        self.assertEqual("y", headers(self.client.get("/echo").json())["x-all"])

    def test_credentials(self):
        self.assertEqual("Basic dTpw", headers(self.client.get("/echo", auth=("u", "p")).json())["authorization"])
        client = fast(URL.replace("//", "//us%40er:p%3Aw@")).client
        self.assertEqual(URL, client.base_url)
        self.assertEqual("Basic dXNAZXI6cDp3", headers(client.get("/echo").json())["authorization"])

    def test_redirects(self):
        watched = fast()
        response = watched.client.get("/redirect/2")
        self.assertEqual(([302, 302], "hop2=1; hop1=1", f"{URL}/echo?end=1"), (
            [hop.status_code for hop in response.history], headers(response.json())["cookie"], response.url))
        self.assertEqual(f"{URL}/redirect/2", watched.last["url"])
        self.assertEqual(302, watched.client.get("/redirect/1", allow_redirects=False).status_code)
        self.assertEqual(200, watched.client.head("/redirect/1").status_code)


class ResponseTest(unittest.TestCase):
    def setUp(self):
        self.client = fast().client

    def test_headers_and_request(self):
        response = self.client.get("/headers")
        self.assertEqual((["a", "b"], None, "1"), (
            response.headers["x-two"], response.headers.get("nope"), response.headers["X-One"]))
        request = self.client.post("/echo", json={"a": 1}).request
        self.assertEqual((f"{URL}/echo", "POST", "application/json"), (
            request.url, request.method, request.headers["content-type"]))

    def test_text_and_json(self):
        self.assertEqual({"a": [1, 2.5, None, True], "b": "\u00e9"}, self.client.get("/json").json())
        self.assertRaises(ValueError, self.client.get("/ok").json)
        self.assertEqual("unpacked " * 100, self.client.get("/gzip").text)
        self.assertEqual("h\u00e9", self.client.post("/body/text/html;charset=utf-8", data="h\u00e9".encode()).text)

    def test_streaming(self):
        self.assertEqual(["one", "two\r", "three"], list(self.client.iter_lines("/lines")))
        self.assertEqual(["one\n", "two\r", "\nthr", "ee"],
                         list(self.client.get("/lines", stream=True).iter_content(4)))


class CatchResponseTest(unittest.TestCase):
    def outcome(self, body, path="/ok", expected=None):
        watched = fast()

        def run():
            with watched.client.get(path, catch_response=True, name="N") as response:
                body(response)

        if expected is None:
            run()
        else:
            self.assertRaises(expected, run)
        return [repr(event["exception"]) for event in watched.events]

    def test_verdicts(self):
        def raising(error):
            def body(response):
                raise error
            return body

        self.assertEqual(["None"], self.outcome(lambda r: None))
        self.assertEqual(["LocustBadStatusCode(code=404)"], self.outcome(lambda r: None, "/status/404"))
        self.assertEqual(["None"], self.outcome(lambda r: r.success(), "/status/404"))
        self.assertEqual(["CatchResponseError('x')"], self.outcome(lambda r: r.failure("x")))
        self.assertEqual(["ValueError('v')"], self.outcome(lambda r: r.failure(ValueError("v"))))
        self.assertEqual(["ResponseError('re')"], self.outcome(raising(ResponseError("re"))))
        self.assertEqual([], self.outcome(raising(CatchResponseError("x")), expected=CatchResponseError))
        self.assertEqual([], self.outcome(lambda r: r.raise_for_status(), "/status/404", expected=Exception))

    def test_a_connection_that_failed(self):
        watched = fast("http://127.0.0.1:1")
        with watched.client.get("/ok", catch_response=True) as response:
            self.assertEqual((0, None), (response.status_code, response.text))
        self.assertEqual("ConnectionRefusedError(111, 'Connection refused')", watched.outcome())

    def test_verdicts_need_catch_response(self):
        client = fast().client
        for call in (lambda: client.get("/ok").success(), lambda: client.get("/ok").failure("x")):
            with self.assertRaises(LocustError) as caught:
                call()
            self.assertTrue(str(caught.exception).startswith("If you want to change the state of the request, you"))
        with self.assertRaises(LocustError) as caught:
            client.get("/ok", catch_response=True).success()
        self.assertTrue(str(caught.exception).startswith("Tried to set status on a request that has not yet"))
