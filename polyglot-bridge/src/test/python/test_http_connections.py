"""When connections are closed: by scripts that close their client, and when a user has ended."""
import threading
import time
import unittest

import requests
import urllib3
from geventhttpclient.client import HTTPClientPool
from http_server import java
from locust import FastHttpUser, HttpUser, _runtime
from locust.env import Environment


class ConnectionsTest(unittest.TestCase):
    def setUp(self):
        self.server = java.type("io.katydid.graalpy.HttpEchoServer").start()
        self.addCleanup(self.server.close)
        self.url = f"http://127.0.0.1:{self.server.port()}"

    def user(self, base, **attributes):
        kind = type("Visitor", (base,), {"host": self.url, **attributes})
        return kind(Environment(user_classes=[kind]))

    def open_are(self, count):
        for _ in range(1000):
            if self.server.openConnections() == count:
                return
            time.sleep(0.01)
        self.assertEqual(count, self.server.openConnections())

    def test_a_closed_session_can_be_used_again_and_keeps_its_new_connection(self):
        with requests.Session() as session:
            session.get(self.url + "/ok")
            self.open_are(1)
        self.open_are(0)
        self.assertEqual(200, session.get(self.url + "/ok").status_code)
        self.assertEqual(200, session.get(self.url + "/ok").status_code)
        self.open_are(1)

    def test_the_clients_of_users_can_be_told_to_connect_anew(self):
        for base, close in ((HttpUser, lambda user: user.client.close()),
                            (FastHttpUser, lambda user: user.client.client.close()),
                            (FastHttpUser, lambda user: user.client.client.clientpool.close())):
            user = self.user(base)
            user.client.get("/ok")
            self.open_are(1)
            close(user)
            self.open_are(0)
            self.assertEqual(200, user.client.get("/ok").status_code)
            close(user)
            self.open_are(0)

    def all_at_once(self, clients, at_the_same_time):
        """Each asks on a thread of its own; the server answers when so many requests are there."""
        hits = self.server.hits("/held")
        threads = [threading.Thread(target=client.get, args=("/held",)) for client in clients]
        for thread in threads:
            thread.start()
        while self.server.hits("/held") - hits < at_the_same_time:
            time.sleep(0.01)
        time.sleep(0.05)
        self.assertEqual(at_the_same_time, self.server.hits("/held") - hits)
        self.server.letGo()
        for thread in threads:
            thread.join()
        self.assertEqual(len(threads), self.server.hits("/held") - hits)

    def test_users_with_the_same_pool_share_its_connections(self):
        for base, name, pool, close in (
                (FastHttpUser, "client_pool", HTTPClientPool(concurrency=2), HTTPClientPool.close),
                (HttpUser, "pool_manager", urllib3.PoolManager(maxsize=2, block=True), urllib3.PoolManager.clear)):
            self.setUp()
            users = [self.user(base, **{name: pool}) for _ in range(6)]
            for user in users:
                user.client.get("/ok")
            self.open_are(1)
            self.all_at_once([user.client for user in users], 2)
            self.open_are(2)
            _runtime._forget(users[0], 1)
            self.open_are(2)
            close(pool)
            self.open_are(0)

    def test_a_pool_without_limit_keeps_as_many_as_it_was_told_to(self):
        pool = urllib3.PoolManager()
        users = [self.user(HttpUser, pool_manager=pool) for _ in range(3)]
        self.all_at_once([user.client for user in users], 3)
        self.open_are(1)

    def test_the_requests_of_a_fast_user_at_the_same_time_are_limited(self):
        user = self.user(FastHttpUser, concurrency=2)
        self.all_at_once([user.client] * 4, 2)
        self.open_are(2)
        user.client.client.close()
        self.open_are(0)

    def test_streamed_responses_that_nobody_reads_stop_nobody(self):
        user = self.user(FastHttpUser, concurrency=1)
        for _ in range(5):
            self.assertEqual(200, user.client.get("/ok", stream=True).status_code)
        self.assertEqual(200, user.client.get("/ok").status_code)

    def test_the_end_of_a_user_closes_its_connections_and_no_others(self):
        for base in (HttpUser, FastHttpUser):
            first, second = self.user(base), self.user(base)
            first.client.get("/ok")
            self.open_are(1)
            second.client = first.client
            _runtime._forget(second, 2)
            second.client.get("/ok")
            self.open_are(1)
            _runtime._forget(first, 1)
            self.open_are(0)
