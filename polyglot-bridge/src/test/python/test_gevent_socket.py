"""Waiting for sockets by their number, as code for gevent does."""
import unittest

from gevent import socket


class WaitTest(unittest.TestCase):
    def test_until_it_can_be_read_and_written(self):
        one, other = socket.socketpair()
        with one, other:
            socket.wait_write(one.fileno(), 5)
            with self.assertRaises(socket.timeout):
                socket.wait_read(other.fileno(), 0.05)
            with self.assertRaises(KeyError):
                socket.wait_read(other.fileno(), 0.05, KeyError())
            one.send(b"x")
            socket.wait_read(other.fileno(), 5)
            self.assertEqual(b"x", other.recv(1))
