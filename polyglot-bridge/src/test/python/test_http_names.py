"""Locustfiles that say where a name leads."""
import socket
import unittest

import gevent
import requests
from http_server import URL, Watched
from locust.contrib.fasthttp import FastHttpSession
from requests.adapters import HTTPAdapter


class NamesTest(unittest.TestCase):
    """No machine of these names is there."""

    def setUp(self):
        self.asked = []
        self.real = socket.getaddrinfo
        self.addCleanup(setattr, socket, "getaddrinfo", self.real)
        self.port = int(URL.rpartition(":")[2])

    def override(self):
        def look_up(host, port, *args, **kwargs):
            self.asked.append(host)
            return self.real("127.0.0.1" if host.endswith(".shop.invalid") else host, port, *args, **kwargs)

        socket.getaddrinfo = look_up

    def url(self, name):
        return f"http://{name}.shop.invalid:{self.port}"

    def test_every_client_asks_the_function_that_was_put_in(self):
        before = Watched(self.url("one")).client
        self.override()
        self.assertEqual(200, before.get("/ok").status_code)
        self.assertEqual(200, before.get(self.url("two") + "/ok").status_code)
        self.assertEqual(200, requests.get(self.url("three") + "/ok").status_code)
        with requests.Session() as session:
            session.mount("http://", HTTPAdapter(max_retries=2))
            self.assertEqual(200, session.get(self.url("four") + "/ok").status_code)
        fast = Watched(self.url("five"), FastHttpSession, network_timeout=60.0, connection_timeout=60.0, max_retries=0,
                       max_redirects=5).client
        self.assertEqual(200, fast.get("/ok").status_code)
        self.assertEqual([f"{name}.shop.invalid" for name in ("one", "two", "three", "four", "five")], self.asked)

    def test_also_in_a_greenlet(self):
        self.override()
        client = Watched(self.url("six")).client
        self.assertEqual(200, gevent.spawn(client.get, "/ok").get(timeout=60).status_code)

    def test_the_system_is_asked_again_once_the_function_is_gone(self):
        self.override()
        self.assertEqual(200, requests.get(self.url("seven") + "/ok").status_code)
        socket.getaddrinfo = self.real
        with self.assertRaises(requests.ConnectionError):
            requests.get(self.url("eight") + "/ok")
        self.assertEqual(200, requests.get(URL + "/ok").status_code)

    def test_what_the_function_raises_is_the_failure(self):
        def look_up(host, *args, **kwargs):
            raise socket.gaierror(-2, "Name or service not known")

        socket.getaddrinfo = look_up
        with self.assertRaises(requests.ConnectionError) as caught:
            requests.get(self.url("nine") + "/ok")
        self.assertIn("NameResolutionError", str(caught.exception))

    def test_urllib3_may_be_told_instead(self):
        import urllib3.util.connection as connection
        real = connection.create_connection
        self.addCleanup(setattr, connection, "create_connection", real)
        connection.create_connection = lambda address, *args, **kwargs: real(("127.0.0.1", address[1]), *args, **kwargs)
        self.assertEqual(200, requests.get(self.url("ten") + "/ok").status_code)
        with connection.create_connection(("eleven.shop.invalid", self.port), 5) as made:
            self.assertEqual(self.port, made.getpeername()[1])
