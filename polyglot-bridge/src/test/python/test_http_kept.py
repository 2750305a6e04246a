"""What scripts keep of sessions and responses: cookies in files, pickles; and the raw body as the file it is."""
import copy
import gzip
import http.cookiejar
import io
import os
import pickle
import tempfile
import unittest

import requests
import urllib3
from http_server import URL, Watched


class RawTest(unittest.TestCase):
    def raw(self, path):
        return Watched().client.get(path, stream=True).raw

    def test_lines_and_wrappers(self):
        self.assertEqual([b"one\n", b"two\r\n", b"three", b""], [line() for line in [self.raw("/lines").readline] * 4])
        self.assertEqual(["one\n", "two\n", "three"], list(io.TextIOWrapper(self.raw("/lines"), "utf-8")))
        self.assertEqual([b"one\n", b"two\r\n", b"three"], list(self.raw("/lines")))
        with io.BufferedReader(self.raw("/lines")) as reader:
            self.assertEqual((b"on", b"e\ntwo"), (reader.read(2), reader.read(5)))

    def test_reading_and_lines_mixed(self):
        raw = self.raw("/lines")
        self.assertEqual((b"o", b"ne\n", b"two\r", b"\nthree", b""),
                         (raw.read(1), raw.readline(), raw.read(4), raw.read(), raw.read()))

    def test_bytes_as_they_were_sent(self):
        self.assertEqual(b"\x1f\x8b", self.raw("/gzip").read(2))
        self.assertEqual(b"unpacked", gzip.GzipFile(fileobj=self.raw("/gzip")).read(8))
        self.assertEqual(b"unpacked", self.raw("/gzip").read(8, decode_content=True))
        self.assertEqual(b"unpacked", b"".join(Watched().client.get("/gzip", stream=True).iter_content(50))[:8])
        self.assertEqual(b"unpacked", urllib3.PoolManager().request("GET", URL + "/gzip").data[:8])

    def test_where_it_came_from(self):
        raw = self.raw("/ok")
        self.assertEqual("127.0.0.1", raw.connection.sock.getpeername()[0])
        self.assertEqual(0, raw.retries.total)


class PicklesTest(unittest.TestCase):
    def setUp(self):
        self.client = Watched().client
        self.client.get("/cookie?sid=1")

    def test_a_jar(self):
        for kept in (pickle.loads(pickle.dumps(self.client.cookies)), copy.deepcopy(self.client.cookies)):
            self.assertEqual("1", kept["sid"])
            other = Watched().client
            other.cookies = kept
            self.assertIn("sid=1", other.get("/echo").text)
            kept.set("more", "2")
        self.assertNotIn("more", self.client.cookies)

    def test_a_response(self):
        response = pickle.loads(pickle.dumps(self.client.get("/lines")))
        self.assertEqual((200, "one\ntwo\r\nthree", "text/plain", "GET"), (
            response.status_code, response.text, response.headers["content-type"], response.request.method))
        copied = copy.deepcopy(requests.get(URL + "/json"))
        self.assertEqual([1, 2.5, None, True], copied.json()["a"])

    def test_a_session_and_its_headers(self):
        with requests.Session() as session:
            session.headers["X-Kept"] = "yes"
            session.cookies.set("c", "d")
            headers = pickle.loads(pickle.dumps(session.headers))
            self.assertEqual("yes", headers["x-kept"])
            again = pickle.loads(pickle.dumps(session))
        text = again.get(URL + "/echo").text
        self.assertIn("X-Kept", text)
        self.assertIn("c=d", text)


class JarsTest(unittest.TestCase):
    def test_a_jar_with_a_file(self):
        with tempfile.TemporaryDirectory() as folder:
            for kind in (http.cookiejar.MozillaCookieJar, http.cookiejar.LWPCookieJar):
                path = os.path.join(folder, kind.__name__)
                client = Watched().client
                jar = client.cookies = kind(path)
                client.get("/cookie?sid=43")
                self.assertEqual([("sid", "43")], [(cookie.name, cookie.value) for cookie in jar])
                self.assertIsInstance(jar, kind)
                jar.save(ignore_discard=True)
                later = Watched().client
                later.cookies = kind(path)
                later.cookies.load(ignore_discard=True)
                self.assertIn("sid=43", later.get("/echo").text)
                later.cookies.clear()
                self.assertNotIn("sid", later.get("/echo").text)


class OldNamesTest(unittest.TestCase):
    def test_the_line_at_the_top_of_many_files(self):
        requests.packages.urllib3.disable_warnings()
        requests.packages.urllib3.util.ssl_.DEFAULT_CIPHERS = "ALL:@SECLEVEL=1"
        import requests.packages.urllib3.util.ssl_ as old
        import urllib3.util.ssl_ as new
        self.assertIs(old, new)
        self.assertEqual("ALL:@SECLEVEL=1", new.DEFAULT_CIPHERS)
        from requests.packages.urllib3.util.retry import Retry
        self.assertIs(urllib3.Retry, Retry)
