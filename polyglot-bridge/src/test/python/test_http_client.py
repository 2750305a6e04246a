"""self.client of an HttpUser: what is sent, what comes back, what is reported."""
import unittest

from http_server import PORT, URL, Watched, headers
from locust.clients import HttpSession
from locust.contrib.fasthttp import FastHttpSession
from locust.event import EventHook
from requests.exceptions import HTTPError, InvalidSchema, InvalidURL, JSONDecodeError, MissingSchema


class EventTest(unittest.TestCase):
    def test_a_success_is_reported_with_all_fields(self):
        watched = Watched()
        response = watched.client.get("/ok?x=1")
        event = watched.last
        self.assertEqual("hello", response.text)
        self.assertEqual(
            {"request_type", "response_time", "name", "context", "response", "exception", "start_time", "url",
             "response_length"}, set(event))
        self.assertEqual(("GET", "/ok?x=1", {}, None, f"{URL}/ok?x=1", 5), (
            event["request_type"], event["name"], event["context"], event["exception"], event["url"],
            event["response_length"]))
        self.assertIs(response, event["response"])
        self.assertGreater(event["response_time"], 0)
        self.assertGreater(event["start_time"], 1e9)

    def test_a_session_without_a_user_has_the_context_of_the_request(self):
        events = []
        hook = EventHook()
        hook.add_listener(lambda **kwargs: events.append(kwargs["context"]))
        for session in (HttpSession, FastHttpSession):
            session(URL, hook, None).get("/status/404", context={"a": 1})
        self.assertEqual([{"a": 1}, {"a": 1}], events)

    def test_errors_by_status_name_the_row(self):
        for path, name, expected in (
                ("/status/404", None, "HTTPError('404 Client Error: Not Found for url: /status/404')"),
                ("/status/503", "n", "HTTPError('503 Server Error: Service Unavailable for url: n')"),
                ("/status/599", "n", "HTTPError('599 Server Error: Status 599 for url: n')"),
                ("/redirect-to?/status/404", None,
                 "HTTPError('404 Client Error: Not Found for url: /redirect-to?/status/404')")):
            watched = Watched()
            watched.client.get(path, name=name)
            self.assertEqual(expected, watched.outcome())

    def test_failures_are_reported_with_their_innermost_cause(self):
        for path, expected in (
                ("/slow", "ReadTimeout(ReadTimeoutError(\"HTTPConnectionPool(host='127.0.0.1', port=" + str(PORT) +
                 "): Read timed out. (read timeout=0.3)\"))"),
                ("/loop", "TooManyRedirects('Exceeded 30 redirects.')"),
                ("/short", "ChunkedEncodingError(ProtocolError('Connection broken: IncompleteRead(3 bytes read, 97 "
                           "more expected)', IncompleteRead(3 bytes read, 97 more expected)))"),
                ("/garbage", "BadStatusLine('garbage\\r\\n')"),
                ("/drop", "RemoteDisconnected('Remote end closed connection without response')")):
            watched = Watched()
            response = watched.client.get(path, timeout=0.3 if path == "/slow" else None)
            self.assertEqual(expected, watched.outcome())
            self.assertEqual((0, None, "", {}, 0), (
                response.status_code, response.content, response.text, response.headers,
                watched.last["response_length"]))
            self.assertRaises(type(response.error), lambda: bool(response))

    def test_nobody_listening_on_the_port(self):
        watched = Watched("http://127.0.0.1:1")
        response = watched.client.get("/x")
        self.assertEqual("ConnectionRefusedError(111, 'Connection refused')", watched.outcome())
        self.assertEqual(
            "HTTPConnectionPool(host='127.0.0.1', port=1): Max retries exceeded with url: /x (Caused by "
            "NewConnectionError(\"HTTPConnection(host='127.0.0.1', port=1): Failed to establish a new connection: "
            "[Errno 111] Connection refused\"))", str(response.error))
        self.assertEqual(("http://127.0.0.1:1/x", "/x"), (watched.last["url"], watched.last["name"]))

    def test_unknown_hosts(self):
        watched = Watched("http://nosuchhost.invalid")
        watched.client.get("/x")
        self.assertIn(watched.outcome(), (
            "gaierror(-2, 'Name or service not known')", "gaierror(-3, 'Temporary failure in name resolution')"))

    def test_unusable_urls_are_raised_without_an_event(self):
        for base, error, text in (
                ("localhost:99", InvalidSchema, "No connection adapters were found for 'localhost:99/x'"),
                ("", MissingSchema, "Invalid URL '/x': No scheme supplied. Perhaps you meant https:///x?"),
                (None, MissingSchema, "Invalid URL 'None/x': No scheme supplied. Perhaps you meant https://None/x?"),
                ("http://*x", InvalidURL, "URL has an invalid label.")):
            watched = Watched(base)
            with self.assertRaises(error) as caught:
                watched.client.get("/x")
            self.assertEqual(text, str(caught.exception))
            self.assertEqual([], watched.events)

    def test_names_come_from_the_argument_the_session_or_the_path(self):
        watched = Watched()
        client = watched.client
        client.get(URL + "/ok?q=1")
        with client.rename_request("ren"):
            client.get("/ok")
            client.post("/ok")
        client.request_name = "q"
        client.get("/ok")
        client.get("/ok", name="e")
        client.request_name = None
        client.request("get", "/echo/\u00e9 b?x=\u00fc&y=[1]#frag")
        self.assertEqual(
            ["/ok?q=1", "ren", "ren", "q", "e", "/echo/%C3%A9%20b?x=%C3%BC&y=%5B1%5D"],
            [event["name"] for event in watched.events])
        self.assertEqual("get", watched.last["request_type"])

    def test_an_invalid_header_is_a_failed_request(self):
        watched = Watched()
        watched.client.get("/x", headers={"a": 5})
        self.assertEqual("InvalidHeader(\"Header part (5) from ('a', 5) must be of type str or bytes, not "
                         "<class 'int'>\")", watched.outcome())
        self.assertEqual("/x", watched.last["name"])

    def test_wrong_arguments_are_raised(self):
        client = Watched().client
        for text, call in (
                ("Timeout value connect was 5, but it must be an int, float or None.",
                 lambda: client.get("/x", timeout="5")),
                ("Invalid timeout (1, 2, 3). Pass a (connect, read) timeout tuple, or a single float to set both "
                 "timeouts to the same value.", lambda: client.get("/x", timeout=(1, 2, 3))),
                ("cannot use a string pattern on a bytes-like object", lambda: client.get(b"/x")),
                ("Object of type set is not JSON serializable", lambda: client.post("/x", json={"a": {1}}))):
            with self.assertRaises((ValueError, TypeError)) as caught:
                call()
            self.assertEqual(text, str(caught.exception))
        self.assertRaises(TypeError, lambda: client.get("/x", foo=5))
        self.assertRaises(TypeError, lambda: client.get("/x", "data"))

    def test_the_context_of_user_and_request(self):
        from http_server import User
        watched = Watched(user=User({"a": 1, "b": 2}))
        watched.client.get("/ok", context={"b": 3})
        self.assertEqual({"a": 1, "b": 3}, watched.last["context"])


class SentTest(unittest.TestCase):
    def setUp(self):
        self.client = Watched().client

    def echo(self, method="get", path="/echo", **kwargs):
        return getattr(self.client, method)(path, **kwargs).json()

    def test_the_usual_headers(self):
        self.assertEqual(
            [["Host", f"127.0.0.1:{PORT}"], ["User-Agent", "python-requests/2.34.2"],
             ["Accept-Encoding", "gzip, deflate, br"], ["Accept", "*/*"], ["Connection", "keep-alive"]],
            self.echo()["headers"])

    def test_methods_with_a_body_announce_an_empty_one(self):
        for method, length in (("get", None), ("post", "0"), ("put", "0"), ("patch", "0"), ("delete", "0"),
                               ("options", "0")):
            echoed = self.echo(method)
            self.assertEqual((method.upper(), length), (echoed["method"], headers(echoed).get("content-length")))

    def test_bodies(self):
        form = "application/x-www-form-urlencoded"
        for kwargs, body, kind in (
                ({"json": {"a": 1, "\u00e9": "\u00e9"}}, '{"a": 1, "\\u00e9": "\\u00e9"}', "application/json"),
                ({"json": []}, "[]", "application/json"),
                ({"json": {"a": 1}, "data": {}}, '{"a": 1}', "application/json"),
                ({"json": {"a": 1}, "data": "x"}, "x", None),
                ({"data": {"a": 1, "b": [1, 2], "c": "\u00e9 &", "n": None}}, "a=1&b=1&b=2&c=%C3%A9+%26", form),
                ({"data": [("a", 1), ("a", None), ("b", "x y")]}, "a=1&b=x+y", form),
                ({"data": "\u00e9"}, "\u00c3\u00a9", None),
                ({"data": b"\x00\xff"}, "\x00\xff", None),
                ({"data": {}}, "", None)):
            echoed = self.echo("post", **kwargs)
            self.assertEqual((body, kind), (echoed["body"], headers(echoed).get("content-type")))

    def test_generators_and_files_are_sent_in_the_right_framing(self):
        import io
        echoed = self.echo("post", data=(piece for piece in [b"a", b"bc"]))
        self.assertEqual(("abc", "chunked"), (echoed["body"], headers(echoed)["transfer-encoding"]))
        echoed = self.echo("post", data=io.BytesIO(b"file"))
        self.assertEqual(("file", "4"), (echoed["body"], headers(echoed)["content-length"]))

    def test_files_are_multipart(self):
        echoed = self.echo("post", files={"f": ("n.txt", b"data", "text/plain")}, data={"k": "v"})
        kind, _, boundary = headers(echoed)["content-type"].partition("; boundary=")
        self.assertEqual("multipart/form-data", kind)
        self.assertEqual(
            '--X\r\nContent-Disposition: form-data; name="k"\r\n\r\nv\r\n--X\r\nContent-Disposition: form-data; '
            'name="f"; filename="n.txt"\r\nContent-Type: text/plain\r\n\r\ndata\r\n--X--\r\n',
            echoed["body"].replace(boundary, "X"))

    def test_own_headers_replace_and_remove(self):
        echoed = self.echo(headers={"User-Agent": "x", "accept": "y", "Z": "1", "Connection": None})
        self.assertEqual({"host": f"127.0.0.1:{PORT}", "user-agent": "x", "accept-encoding": "gzip, deflate, br",
                          "accept": "y", "z": "1"}, headers(echoed))

    def test_session_headers_auth_and_params(self):
        client = self.client
        client.headers.update({"X-A": "1"})
        client.headers["accept"] = "q"
        del client.headers["Connection"]
        client.auth = ("u", "p")
        client.params = {"k": "v"}
        echoed = client.get("/echo?x=1", headers={"x-a": None}).json()
        self.assertEqual("/echo?x=1&k=v", echoed["target"])
        self.assertEqual({"host": f"127.0.0.1:{PORT}", "user-agent": "python-requests/2.34.2",
                          "accept-encoding": "gzip, deflate, br", "accept": "q",
                          "authorization": "Basic dTpw"}, headers(echoed))
        client.headers = {"only": "me"}
        client.auth = None
        sent = headers(client.get("/echo").json())
        self.assertEqual(("me", None), (sent["only"], sent.get("authorization")))
        self.assertNotIn("accept", sent)

    def test_query_parameters(self):
        for kwargs, target in (
                ({"params": {"a": "b c", "d": [1, 2], "n": None}}, "/echo?z=1&a=b+c&d=1&d=2"),
                ({"params": "a=b c"}, "/echo?z=1&a=b%20c"),
                ({"params": [("a", "b"), ("c", "\u00e9")]}, "/echo?z=1&a=b&c=%C3%A9"),
                ({"params": {}}, "/echo?z=1")):
            self.assertEqual(target, self.echo(path="/echo?z=1", **kwargs)["target"])

    def test_credentials(self):
        self.assertEqual("Basic dTpw", headers(self.echo(auth=("u", "p")))["authorization"])
        client = Watched(URL.replace("//", "//us%40er:p%3Aw@")).client
        self.assertEqual(URL, client.base_url)
        self.assertEqual("Basic dXNAZXI6cDp3", headers(client.get("/echo").json())["authorization"])

    def test_digest_authentication_answers_the_challenge(self):
        from requests.auth import HTTPDigestAuth
        response = self.client.get("/auth/digest", auth=HTTPDigestAuth("u", "p"))
        self.assertEqual((200, [401]), (response.status_code, [r.status_code for r in response.history]))
        self.assertTrue(response.text.startswith('Digest username="u", realm="r", nonce="abc", uri="/auth/digest"'))

    def test_hooks_see_every_response(self):
        seen = []
        self.client.get("/redirect/1", hooks={"response": lambda r, *args, **kwargs: seen.append(r.status_code)})
        self.assertEqual([302, 200], seen)


class RedirectTest(unittest.TestCase):
    def test_history_and_cookies_along_the_way(self):
        watched = Watched()
        response = watched.client.get("/redirect/2", params={"a": 1})
        self.assertEqual([302, 302], [hop.status_code for hop in response.history])
        self.assertEqual([f"{URL}/redirect/2?a=1", f"{URL}/redirect/1"], [hop.url for hop in response.history])
        self.assertEqual([{"hop2": "1"}, {"hop1": "1"}], [dict(hop.cookies) for hop in response.history])
        self.assertEqual(f"{URL}/echo?end=1", response.url)
        self.assertEqual("hop2=1; hop1=1", headers(response.json())["cookie"])
        self.assertEqual(("/redirect/2?a=1", f"{URL}/redirect/2?a=1"), (watched.last["name"], watched.last["url"]))
        self.assertEqual(1, len(watched.events))

    def test_methods_after_a_redirect(self):
        client = Watched().client
        for status, method, after, body in (
                (301, "POST", "GET", ""), (302, "POST", "GET", ""), (303, "PUT", "GET", ""),
                (301, "PUT", "PUT", ""), (307, "POST", "POST", "x"), (308, "PUT", "PUT", "x")):
            echoed = client.request(method, f"/redirect-code/{status}", data="x").json()
            self.assertEqual((after, body), (echoed["method"], echoed["body"]), (status, method))

    def test_not_following(self):
        client = Watched().client
        response = client.get("/redirect/1", allow_redirects=False)
        self.assertEqual((302, True, False, "/echo?end=1", "moved"), (
            response.status_code, response.is_redirect, response.is_permanent_redirect,
            response.headers["location"], response.text))
        self.assertEqual(f"{URL}/echo?end=1", response.next.url)
        self.assertEqual(302, client.head("/redirect/1").status_code)


class ResponseTest(unittest.TestCase):
    def setUp(self):
        self.client = Watched().client

    def test_headers(self):
        response = self.client.get("/headers")
        self.assertEqual("a, b", response.headers["x-two"])
        self.assertEqual({"X-One": "1", "X-Two": "a, b", "Link": '<http://x/2>; rel="next", <http://x/9>; rel=last',
                          "Content-Length": "1"}, dict(response.headers))
        self.assertEqual({"next": {"url": "http://x/2", "rel": "next"}, "last": {"url": "http://x/9", "rel": "last"}},
                         response.links)

    def test_text_by_content_type(self):
        for kind, sent, encoding, text in (
                ("text/html", "h\u00e9".encode(), "ISO-8859-1", "h\u00c3\u00a9"),
                ("text/html;charset=utf-8", "h\u00e9".encode(), "utf-8", "h\u00e9"),
                ("application/json", b'"x"', "utf-8", '"x"'),
                ("application/xml", "<a>h\u00e9</a> and more text".encode(), None, "<a>h\u00e9</a> and more text")):
            response = self.client.post("/body/" + kind, data=sent)
            self.assertEqual((encoding, text), (response.encoding, response.text), kind)
        response = self.client.post("/body/text/html", data="h\u00e9".encode())
        response.encoding = "utf-8"
        self.assertEqual("h\u00e9", response.text)

    def test_json(self):
        self.assertEqual({"a": [1, 2.5, None, True], "b": "\u00e9"}, self.client.get("/json").json())
        with self.assertRaises(JSONDecodeError) as caught:
            self.client.get("/ok").json()
        self.assertEqual("Expecting value: line 1 column 1 (char 0)", str(caught.exception))
        self.assertIsInstance(caught.exception, ValueError)

    def test_compressed_bodies(self):
        watched = Watched()
        self.assertEqual("unpacked " * 100, watched.client.get("/gzip").text)
        self.assertEqual(900, watched.last["response_length"])

    def test_streaming(self):
        watched = Watched()
        response = watched.client.get("/lines", stream=True)
        self.assertEqual(14, watched.last["response_length"])
        self.assertEqual([b"one", b"two", b"three"], list(response.iter_lines()))
        response = self.client.get("/lines", stream=True)
        self.assertEqual([b"one\n", b"two\r", b"\nthr", b"ee"], list(response.iter_content(4)))
        response = self.client.get("/lines", stream=True)
        self.assertEqual((b"one", b"\ntwo\r\nthree"), (response.raw.read(3), response.raw.read()))
        self.assertEqual("one\ntwo\r\nthree", self.client.get("/lines", stream=True).text)
        self.assertEqual("one,two,three", ",".join(self.client.get("/lines").iter_lines(decode_unicode=True)))

    def test_a_stream_that_breaks_is_raised_to_its_reader(self):
        response = self.client.get("/short", stream=True)
        with self.assertRaises(IOError) as caught:
            response.content
        self.assertEqual("ChunkedEncodingError", type(caught.exception).__name__)

    def test_the_request_of_a_response(self):
        request = self.client.post("/echo", json={"a": 1}, headers={"X": "y"}).request
        self.assertEqual(("POST", f"{URL}/echo", b'{"a": 1}', "/echo", "y"), (
            request.method, request.url, request.body, request.path_url, request.headers["x"]))
        self.assertEqual("a=1", self.client.post("/echo", data={"a": 1}).request.body)

    def test_status(self):
        response = self.client.get("/status/404")
        self.assertEqual((404, "Not Found", False, False, "<Response [404]>"), (
            response.status_code, response.reason, response.ok, bool(response), repr(response)))
        with self.assertRaises(HTTPError) as caught:
            response.raise_for_status()
        self.assertEqual(f"404 Client Error: Not Found for url: {URL}/status/404", str(caught.exception))
        self.assertIs(response, caught.exception.response)
        self.assertGreater(response.elapsed.total_seconds(), 0)
        self.assertEqual(("", b""), (self.client.get("/status/204").text, self.client.get("/status/204").content))


class CookieTest(unittest.TestCase):
    def test_cookies_are_kept_and_shown(self):
        client = Watched().client
        response = client.get("/cookie?n=v")
        self.assertEqual(({"n": "v"}, "v"), (response.cookies.get_dict(), response.cookies["n"]))
        self.assertEqual("v", client.cookies.get("n"))
        self.assertEqual([("n", "v", "127.0.0.1", "/", None, False)], [
            (c.name, c.value, c.domain, c.path, c.expires, c.secure) for c in client.cookies])
        client.cookies.set("x", "y")
        client.cookies["q"] = "r"
        client.cookies.update({"z": "1"})
        self.assertEqual({"n": "v", "x": "y", "q": "r", "z": "1"}, dict(client.cookies))
        self.assertEqual("n=v; x=y; q=r; z=1", headers(client.get("/echo").json())["cookie"])
        client.cookies.clear()
        self.assertNotIn("cookie", headers(client.get("/echo").json()))

    def test_cookies_of_one_request(self):
        client = Watched().client
        self.assertEqual("a=b; c=d e", headers(client.get("/echo", cookies={"a": "b", "c": "d e"}).json())["cookie"])
        self.assertEqual({}, dict(client.cookies))

    def test_a_jar_may_be_assigned(self):
        from requests.cookies import cookiejar_from_dict
        client = Watched().client
        client.cookies = cookiejar_from_dict({"a": "b"})
        self.assertEqual("a=b", headers(client.get("/echo").json())["cookie"])
