"""geventhttpclient, used directly."""
import unittest

import geventhttpclient
from geventhttpclient import HTTPClient, UserAgent
from geventhttpclient.url import URL as Address
from geventhttpclient.useragent import BadStatusCode
from http_server import URL


class GeventHttpClientTest(unittest.TestCase):
    def test_a_client_of_one_server(self):
        address = Address(URL + "/lines?x=1")
        self.assertEqual("/lines?x=1", address.request_uri)
        with_headers = HTTPClient.from_url(address, concurrency=2, headers={"X-Own": "1"})
        response = with_headers.get(address.request_uri)
        self.assertEqual((200, b"one\n", b"tw", b"o\r\nthree", b""), (
            response.status_code, response.readline(), response.read(2), response.read(), response.read()))
        echoed = with_headers.post("/echo", body="text", headers={"X-More": "2"}).json()
        self.assertEqual(("POST", "text"), (echoed["method"], echoed["body"]))
        self.assertIn(["X-Own", "1"], echoed["headers"])
        self.assertIn(["X-More", "2"], echoed["headers"])
        self.assertEqual(302, with_headers.get("/redirect/1").status_code)
        with_headers.close()

    def test_an_agent(self):
        agent = UserAgent(max_retries=0)
        self.assertEqual(b"hello", agent.urlopen(URL + "/ok").content)
        self.assertEqual("/echo?end=1", agent.urlopen(URL + "/redirect/2").json()["target"])
        with self.assertRaises(BadStatusCode) as caught:
            agent.urlopen(URL + "/status/404")
        self.assertEqual(404, caught.exception.code)
        with self.assertRaises(ConnectionRefusedError):
            agent.urlopen("http://127.0.0.1:1/")

    def test_functions_and_a_session(self):
        self.assertEqual(200, geventhttpclient.get(URL + "/ok").status_code)
        self.assertEqual('{"a": 1}', geventhttpclient.post(URL + "/echo", json={"a": 1}).json()["body"])
        with geventhttpclient.Session(headers={"X-S": "1"}) as session:
            session.get(URL + "/cookie?k=v")
            text = session.get(URL + "/echo", params={"q": "a b"}).text
        self.assertIn("k=v", text)
        self.assertIn("X-S", text)
