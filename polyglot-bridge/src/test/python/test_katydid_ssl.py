"""What a FastHttpUser's ssl_context_factory sets up reaches Java."""
import os
import tempfile
import unittest

import _katydid_http
import _katydid_ssl
import certifi
import gevent.ssl
import requests
import urllib3
from geventhttpclient.client import HTTPClientPool
from http_server import URL
from locust.contrib.fasthttp import FastHttpSession, insecure_ssl_context_factory
from locust.event import EventHook
from urllib3.util.ssl_ import create_urllib3_context

# Made for this test; nothing trusts it.
_CERTIFICATE_AND_KEY = """\
-----BEGIN CERTIFICATE-----
MIIBhjCCASugAwIBAgIUT7s20AHESnk8o9uIevkCnBGPYikwCgYIKoZIzj0EAwIw
FzEVMBMGA1UEAwwMa2F0eWRpZC10ZXN0MCAXDTI2MTEyNjIzNDUyOFoYDzIxMjYx
MTAyMjM0NTI4WjAXMRUwEwYDVQQDDAxrYXR5ZGlkLXRlc3QwWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAASeSBqoa1Uxr03ErsmbAp79AWQuSql2GcqYLQkhlSyYVq8R
AkYNZ9vytUhiwalb4y0i+UMdN/2NRqOEAEQubyJho1MwUTAdBgNVHQ4EFgQUgPpR
K9HqkjCnzInxt5dIVhf3iyAwHwYDVR0jBBgwFoAUgPpRK9HqkjCnzInxt5dIVhf3
iyAwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEAhvOv3ZDzIvLD
5+9wBqy2sibYDYJuvzTpAeG9gZ3BNawCIQCHKym5+WBTvuWCXE4dAlUPXvOMhss9
dpz+LnkqAK+xHw==
-----END CERTIFICATE-----
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgDKAz1EzNDTwtMj41
F9Vw9bYlrw0sHog02PmwWe8x+0uhRANCAASeSBqoa1Uxr03ErsmbAp79AWQuSql2
GcqYLQkhlSyYVq8RAkYNZ9vytUhiwalb4y0i+UMdN/2NRqOEAEQubyJh
-----END PRIVATE KEY-----
"""


class ContextTest(unittest.TestCase):
    def setUp(self):
        with tempfile.NamedTemporaryFile("w", suffix=".pem", delete=False) as file:
            file.write(_CERTIFICATE_AND_KEY)
        self.own = file.name
        self.addCleanup(os.remove, self.own)

    def test_what_is_checked(self):
        self.assertEqual((False, None, False), _katydid_ssl.told(insecure_ssl_context_factory()))
        context = gevent.ssl.create_default_context()
        self.assertEqual((True, None, True), _katydid_ssl.told(context))
        context.check_hostname = False
        self.assertEqual((True, None, False), _katydid_ssl.told(context))

    def test_files_are_remembered(self):
        context = gevent.ssl.create_default_context(cafile=certifi.where())
        context.load_cert_chain(self.own)
        self.assertEqual((certifi.where(), self.own, True), _katydid_ssl.told(context))
        context.load_cert_chain(self.own, self.own)
        self.assertEqual((self.own, self.own), _katydid_ssl.told(context)[1])

    def test_a_session_asks_its_factory_at_the_first_request_and_tells_java(self):
        asked = []
        known = set(_katydid_http._options)

        def factory():
            context = insecure_ssl_context_factory()
            context.load_cert_chain(self.own)
            asked.append(context)
            return context

        pool = HTTPClientPool(ssl_context_factory=factory)
        for settings in {"ssl_context_factory": factory}, {"client_pool": pool}:
            asked.clear()
            session = FastHttpSession(URL, EventHook(), None, **settings)
            self.assertEqual([], asked)
            self.assertEqual(200, session.get("/ok").status_code)
            session.get("/ok")
            self.assertEqual(1, len(asked))
        told, = set(_katydid_http._options) - known
        self.assertEqual((False, self.own, False), (told[2], told[3], told[6]))

    def test_an_adapter_may_bring_a_context(self):
        own = self.own

        def context():
            made = create_urllib3_context()
            made.load_verify_locations(certifi.where())
            made.load_cert_chain(own)
            return made

        class Telling(requests.adapters.HTTPAdapter):
            def init_poolmanager(self, *args, **kwargs):
                super().init_poolmanager(*args, ssl_context=context(), assert_hostname=False, **kwargs)

        class Making(requests.adapters.HTTPAdapter):
            def init_poolmanager(self, connections, maxsize, block=False):
                self.poolmanager = urllib3.PoolManager(
                    num_pools=connections, maxsize=maxsize, block=block, ssl_context=context(), assert_hostname=False)

        for adapter in Telling(), Making():
            session = requests.Session()
            session.trust_env = False
            session.mount("http://", adapter)
            for arguments, verify, cert in (({}, certifi.where(), own), ({"verify": False}, False, own),
                                            ({"cert": "/other"}, certifi.where(), "/other")):
                _katydid_http._options.clear()
                self.assertEqual(200, session.get(URL + "/ok", **arguments).status_code)
                told, = _katydid_http._options
                self.assertEqual((verify, cert, False), (told[2], told[3], told[6]))
