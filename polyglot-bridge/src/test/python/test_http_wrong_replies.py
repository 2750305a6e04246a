"""Replies that are broken: what the two clients report of them, and what a script still finds."""
import unittest
import zlib

from http_server import PORT, URL, Watched
from locust.contrib.fasthttp import FastHttpSession

_OK = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
_CHUNKED = _OK + "Transfer-Encoding: chunked\r\n\r\n"


def raw(reply):
    """A path that is answered with exactly this, and the end of the connection."""
    return "/raw/" + reply.encode("latin-1").hex()


def fast(**settings):
    return Watched(URL, FastHttpSession, network_timeout=60.0, connection_timeout=60.0, max_retries=0, max_redirects=30,
                   **settings)


class HttpUserTest(unittest.TestCase):
    def test_texts_of_bodies_that_break(self):
        for reply, expected in (
                (_CHUNKED + "7\r\npartial\r\n9\r\nhal",
                 "ChunkedEncodingError(ProtocolError('Connection broken: IncompleteRead(3 bytes read, 6 more expected)', "
                 "IncompleteRead(3 bytes read, 6 more expected)))"),
                (_CHUNKED + "zz\r\nabc\r\n",
                 "ChunkedEncodingError(ProtocolError(\"Connection broken: InvalidChunkLength(got length b'zz\\\\r\\\\n', 0 "
                 "bytes read)\", InvalidChunkLength(got length b'zz\\r\\n', 0 bytes read)))"),
                (_CHUNKED + "3\r\nabc\r\n",
                 "ChunkedEncodingError(ProtocolError('Response ended prematurely'))"),
                (_OK + "Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nplain",
                 "ContentDecodingError(DecodeError('Received response with content-encoding: gzip, but failed to decode "
                 "it.', error('Error -3 while decompressing data: incorrect header check')))"),
                (_OK + "Content-Length: 3\r\nContent-Length: 5\r\n\r\nabcde",
                 "InvalidHeader(InvalidHeader('Content-Length contained multiple unmatching values (3, 5)'))"),
                ("HTTP/9.9 200 OK\r\n\r\n", "UnknownProtocol('HTTP/9.9')")):
            watched = Watched()
            watched.client.get(raw(reply))
            self.assertEqual(expected, watched.outcome())
            self.assertEqual((raw(reply), 0), (watched.last["name"], watched.last["response_length"]))

    def test_a_failed_redirect_is_named_after_where_it_led(self):
        watched = Watched()
        watched.client.get("/redirect-to?http://127.0.0.1:1/target")
        watched.client.post("/redirect-to?/loop", data="x")
        watched.client.get("/redirect-to?http://127.0.0.1:1/target", name="given")
        self.assertEqual([("GET", "/target", "http://127.0.0.1:1/target"), ("POST", "/loop", URL + "/loop"),
                          ("GET", "given", "http://127.0.0.1:1/target")],
                         [(event["request_type"], event["name"], event["url"]) for event in watched.events])

    def test_a_redirect_to_what_is_no_url_is_raised(self):
        for kwargs in ({}, {"allow_redirects": False}):
            watched = Watched()
            with self.assertRaises(ValueError) as caught:
                watched.client.get(raw("HTTP/1.1 302 Found\r\nLocation: http://[::bad/x\r\nContent-Length: 0\r\n\r\n"),
                                   **kwargs)
            self.assertEqual(("Invalid IPv6 URL", []), (str(caught.exception), watched.events))

    def test_the_failure_of_a_proxy_names_the_proxy(self):
        watched = Watched()
        response = watched.client.get("/x", proxies={"http": "http://127.0.0.1:1"})
        self.assertEqual("ConnectionRefusedError(111, 'Connection refused')", watched.outcome())
        self.assertEqual(
            f"HTTPConnectionPool(host='127.0.0.1', port=1): Max retries exceeded with url: {URL}/x (Caused by "
            "ProxyError('Unable to connect to proxy', NewConnectionError(\"HTTPConnection(host='127.0.0.1', port=1): "
            "Failed to establish a new connection: [Errno 111] Connection refused\")))", str(response.error))

    def test_nothing_can_be_read_of_a_request_that_failed(self):
        client = Watched("http://127.0.0.1:1").client
        with self.assertRaises(AttributeError) as caught:
            list(client.get("/x", stream=True).iter_lines())
        self.assertEqual("'NoneType' object has no attribute 'read'", str(caught.exception))
        self.assertRaises(TypeError, lambda: list(client.get("/x").iter_content(10)))

    def test_the_content_of_a_streamed_body_that_breaks_is_raised(self):
        watched = Watched()
        response = watched.client.get(raw(_OK + "Content-Length: 100\r\n\r\npartial"), stream=True)
        self.assertEqual("None", watched.outcome())
        with self.assertRaises(Exception) as caught:
            response.content
        self.assertEqual("ChunkedEncodingError(ProtocolError('Connection broken: IncompleteRead(7 bytes read, 93 more "
                         "expected)', IncompleteRead(7 bytes read, 93 more expected)))", repr(caught.exception))
        whole = Watched().client.get("/ok", stream=True)
        self.assertEqual((b"hello", b"hello", "hello"), (whole.content, whole.content, whole.text))

    def test_without_an_encoding_there_is_none(self):
        import json
        encoding = Watched().client.get(raw("HTTP/1.1 204 N\r\n\r\n")).encoding
        self.assertEqual((type(None), "null"), (type(encoding), json.dumps(encoding)))


class FastHttpUserTest(unittest.TestCase):
    def test_what_has_come_of_a_broken_body_is_there(self):
        for reply, text in ((_OK + "Content-Length: 100\r\n\r\npartial", "partial"),
                            (_CHUNKED + "7\r\npartial\r\n9\r\nhal", "partialhal")):
            watched = fast()
            response = watched.client.get(raw(reply))
            self.assertEqual("HTTPParseError('Incomplete response.')", watched.outcome())
            self.assertEqual((200, text, None), (
                response.status_code, response.text, getattr(response, "error", None)))
            streamed = fast().client.get(raw(reply), stream=True)
            with self.assertRaises(Exception) as caught:
                streamed.content
            self.assertEqual("HTTPParseError('Incomplete response.')", repr(caught.exception))

    def test_replies_that_the_parser_refuses(self):
        for reply, expected in (
                (_CHUNKED + "zz\r\nabc\r\n", "HTTPParseError('Invalid character in chunk size', 12)"),
                (_OK + "Content-Length: -5\r\n\r\n", "HTTPParseError('Invalid character in Content-Length', 11)"),
                (_OK + "Content-Length: 3\r\nContent-Length: 5\r\n\r\nabcde",
                 "HTTPParseError('Duplicate Content-Length', 4)"),
                (_OK + "Content-Length: 99999999999999999999\r\n\r\nabc", "HTTPParseError('Content-Length overflow', 11)"),
                ("HTTP/1.1 abc\r\n\r\n", "HTTPParseError('Invalid status code', 13)"),
                ("SSH-2.0\r\n", "HTTPParseError('Expected HTTP/, RTSP/ or ICE/', 8)")):
            watched = fast()
            response = watched.client.get(raw(reply))
            self.assertEqual(expected, watched.outcome())
            self.assertEqual((0, None, expected), (response.status_code, response.text, repr(response.error)))

    def test_a_body_that_cannot_be_decompressed_has_a_status(self):
        watched = fast()
        path = raw(_OK + "Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nplain")
        response = watched.client.get(path)
        self.assertEqual("error('Error -3 while decompressing data: incorrect header check')", watched.outcome())
        self.assertEqual((200, None), (response.status_code, getattr(response, "error", None)))
        self.assertRaises(zlib.error, lambda: response.text)
        watched = fast()
        self.assertEqual(200, watched.client.head(raw(_OK + "Content-Encoding: gzip\r\n\r\n")).status_code)
        self.assertEqual("error('Error -5 while decompressing data: incomplete or truncated stream')", watched.outcome())

    def test_a_long_header_is_no_failure(self):
        watched = fast()
        response = watched.client.get("/redirect-to?/" + "x" * 20000)
        self.assertEqual(("None", 200), (watched.outcome(), response.status_code))

    def test_redirects_to_other_schemes(self):
        watched = fast()
        watched.client.get("/redirect-to?ftp://127.0.0.1/x")
        self.assertEqual(f"UnsupportedRedirectSchemeError('{URL}/redirect-to?ftp://127.0.0.1/x', \"refusing to follow "
                         "redirect to 'ftp' URL\")", watched.outcome())

    def test_a_failed_redirect_keeps_its_name(self):
        watched = fast()
        watched.client.get("/redirect-to?http://127.0.0.1:1/target")
        self.assertEqual(("/redirect-to?http://127.0.0.1:1/target", "ConnectionRefusedError(111, 'Connection refused')"),
                         (watched.last["name"], watched.outcome()))
