"""The package requests, used directly."""
import unittest

import requests
from http_server import URL, headers
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase, HTTPBasicAuth


class ApiTest(unittest.TestCase):
    def test_the_functions(self):
        for name in ("get", "post", "put", "patch", "delete", "options"):
            self.assertEqual(name.upper(), getattr(requests, name)(URL + "/echo").json()["method"])
        self.assertEqual(200, requests.head(URL + "/ok").status_code)
        self.assertEqual("a=b", requests.request("post", URL + "/echo", data={"a": "b"}).json()["body"])
        self.assertEqual("/echo?a=b", requests.get(URL + "/echo", {"a": "b"}).json()["target"])

    def test_failures_are_exceptions(self):
        for call, error in (
                (lambda: requests.get("http://127.0.0.1:1/"), requests.ConnectionError),
                (lambda: requests.get(URL + "/slow", timeout=0.2), requests.exceptions.ReadTimeout),
                (lambda: requests.get(URL + "/loop"), requests.TooManyRedirects),
                (lambda: requests.get(URL + "/short"), requests.exceptions.ChunkedEncodingError),
                (lambda: requests.get(URL + "/drop"), requests.exceptions.ConnectionError),
                (lambda: requests.get("nonsense"), requests.exceptions.MissingSchema),
                (lambda: requests.get("ftp://x/"), requests.exceptions.InvalidSchema),
                (lambda: requests.get(URL + "/status/404").raise_for_status(), requests.HTTPError)):
            with self.assertRaises(error) as caught:
                call()
            self.assertIsInstance(caught.exception, requests.RequestException)
            self.assertIsInstance(caught.exception, IOError)
        self.assertTrue(issubclass(requests.ConnectTimeout, requests.Timeout))
        self.assertTrue(issubclass(requests.ConnectTimeout, requests.ConnectionError))

    def test_a_traceback_shows_what_was_behind_a_failed_connection(self):
        try:
            requests.get("http://127.0.0.1:1/")
        except requests.ConnectionError as error:
            given_up = error.__context__
            self.assertIs(given_up, error.args[0])
            self.assertEqual("MaxRetryError", type(given_up).__name__)
            self.assertEqual("NewConnectionError", type(given_up.__cause__).__name__)
            self.assertIsInstance(given_up.__cause__.__cause__, ConnectionRefusedError)
        else:
            self.fail("the connection was not refused")

    def test_a_404_is_a_response(self):
        response = requests.get(URL + "/status/404")
        self.assertFalse(response)
        self.assertEqual(requests.codes.not_found, response.status_code)
        self.assertEqual(200, requests.codes["ok"])


class SessionTest(unittest.TestCase):
    def test_prepared_requests(self):
        with requests.Session() as session:
            session.headers["X-S"] = "1"
            session.cookies.set("a", "b")
            prepared = session.prepare_request(
                requests.Request("post", URL + "/echo?x=1", json={"k": 1}, params={"p": "q r"}, headers={"X-R": "2"}))
            self.assertEqual(("POST", f"{URL}/echo?x=1&p=q+r", b'{"k": 1}', "application/json", "a=b", "8"), (
                prepared.method, prepared.url, prepared.body, prepared.headers["content-type"],
                prepared.headers["Cookie"], prepared.headers["Content-Length"]))
            echoed = session.send(prepared).json()
            sent = headers(echoed)
            self.assertEqual(("/echo?x=1&p=q+r", '{"k": 1}', "1", "2", "a=b"), (
                echoed["target"], echoed["body"], sent["x-s"], sent["x-r"], sent["cookie"]))

    def test_authentication_may_be_any_callable(self):
        class Token(AuthBase):
            def __call__(self, request):
                request.headers["Authorization"] = "Bearer t"
                return request

        session = requests.Session()
        session.auth = Token()
        self.assertEqual("Bearer t", headers(session.get(URL + "/echo").json())["authorization"])
        response = session.get(URL + "/echo", auth=HTTPBasicAuth("u", "p"))
        self.assertEqual("Basic dTpw", headers(response.json())["authorization"])
        redirected = session.get(URL + "/redirect/2")
        self.assertEqual([302, 302], [hop.status_code for hop in redirected.history])
        self.assertEqual("Bearer t", headers(redirected.json())["authorization"])

    def test_adapters_may_be_mounted(self):
        session = requests.Session()
        session.mount("http://", HTTPAdapter(pool_connections=10, pool_maxsize=10))
        self.assertEqual("hello", session.get(URL + "/ok").text)

        class Counting(HTTPAdapter):
            sent = 0

            def send(self, request, **kwargs):
                Counting.sent += 1
                return super().send(request, **kwargs)

        session.mount(URL, Counting())
        self.assertEqual("hello", session.get(URL + "/ok").text)
        self.assertEqual(1, Counting.sent)

    def test_retries_of_an_adapter(self):
        from urllib3.util.retry import Retry
        session = requests.Session()
        session.mount("http://", HTTPAdapter(max_retries=Retry(
            total=2, status_forcelist=[503], backoff_factor=0, raise_on_status=False)))
        self.assertEqual(503, session.get(URL + "/status/503").status_code)
        session.mount("http://", HTTPAdapter(max_retries=Retry(total=1, status_forcelist=[503])))
        with self.assertRaises(requests.exceptions.RetryError) as caught:
            session.get(URL + "/status/503")
        self.assertIn("too many 503 error responses", str(caught.exception))

    def test_subclasses_that_change_how_requests_are_sent(self):
        class Mine(requests.Session):
            def send(self, request, **kwargs):
                request.headers["X-Mine"] = "yes"
                return super().send(request, **kwargs)

        self.assertEqual("yes", headers(Mine().get(URL + "/echo").json())["x-mine"])

    def test_session_settings(self):
        session = requests.session()
        session.params = {"k": "v"}
        session.headers.update({"A": "1", "User-Agent": None})
        echoed = session.get(URL + "/echo", params={"l": "w"}).json()
        self.assertEqual("/echo?k=v&l=w", echoed["target"])
        self.assertEqual("1", headers(echoed)["a"])

    def test_streams_are_context_managers(self):
        with requests.get(URL + "/lines", stream=True) as response:
            self.assertEqual([b"one", b"two", b"three"], list(response.iter_lines()))


class NamesTest(unittest.TestCase):
    def test_what_scripts_import(self):
        import requests.packages
        from requests.packages.urllib3.exceptions import InsecureRequestWarning
        from requests.structures import CaseInsensitiveDict
        from requests.utils import dict_from_cookiejar, quote
        import urllib3
        urllib3.disable_warnings(InsecureRequestWarning)
        requests.packages.urllib3.disable_warnings()
        urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
        self.assertEqual("1", CaseInsensitiveDict({"A": "1"})["a"])
        self.assertEqual("a%20b", quote("a b"))
        self.assertEqual({"n": "v"}, dict_from_cookiejar(requests.get(URL + "/cookie?n=v").cookies))
        import certifi
        self.assertTrue(certifi.where().endswith("cacert.pem"))

    def test_urllib3_pool_manager(self):
        import urllib3
        http = urllib3.PoolManager()
        reply = http.request("GET", URL + "/ok")
        self.assertEqual((200, b"hello"), (reply.status, reply.data))
        reply = http.request("POST", URL + "/echo", body=b"x", headers={"A": "b"})
        self.assertEqual("x", reply.json()["body"])
        with self.assertRaises(urllib3.exceptions.MaxRetryError):
            http.request("GET", "http://127.0.0.1:1/", retries=0)


class CookieJarTest(unittest.TestCase):
    def test_a_jar_is_a_dictionary(self):
        jar = requests.cookies.RequestsCookieJar()
        jar.set("a", "1", domain="x.example", path="/p")
        jar.set("a", "2", domain="y.example", path="/")
        jar["b"] = "3"
        self.assertEqual("1", jar.get("a", domain="x.example"))
        with self.assertRaises(requests.cookies.CookieConflictError):
            jar["a"]
        self.assertEqual(("3", None, True, 3), (jar["b"], jar.get("zz"), "b" in jar, len(jar)))
        self.assertEqual(["x.example", "y.example", ""], jar.list_domains())
        self.assertEqual({"a": "2"}, jar.get_dict("y.example"))
        del jar["b"]
        self.assertNotIn("b", jar)
        jar.clear("x.example")
        self.assertEqual([("a", "2")], jar.items())
        with self.assertRaises(KeyError):
            jar["b"]
