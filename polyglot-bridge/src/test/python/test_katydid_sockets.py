"""Sockets as CPython has them where GraalPy differs."""
import asyncio
import http.client
import os
import socket
import struct
import tempfile
import threading
import unittest


class PlainTest(unittest.TestCase):
    def test_addresses(self):
        self.assertEqual(b"\x7f\0\0\1", socket.inet_pton(socket.AF_INET, "127.0.0.1"))
        self.assertEqual(b"\0" * 15 + b"\1", socket.inet_pton(socket.AF_INET6, "::1"))
        self.assertEqual("10.0.0.255", socket.inet_ntop(socket.AF_INET, b"\x0a\0\0\xff"))
        for text in ("::1", "::", "2001:db8::1", "1::2:0:0:3", "1:0:2:3:4:5:6:7", "fe80::", "::ffff:1.2.3.4", "::1.2.3.4", "1:2:3:4:5:6:7:8"):
            self.assertEqual(text, socket.inet_ntop(socket.AF_INET6, socket.inet_pton(socket.AF_INET6, text)))
        for wrong in ("127.1", "1.2.3.256", "01.2.3.4", "a.b.c.d", "1.2.3.4.5", ""):
            with self.assertRaises(OSError):
                socket.inet_pton(socket.AF_INET, wrong)

    def test_looking_at_data_without_taking_it(self):
        one, other = socket.socketpair()
        with one, other:
            other.sendall(b"abcdef")
            self.assertEqual(b"abc", one.recv(3, socket.MSG_PEEK))
            self.assertEqual(b"ab", one.recv(2))
            room = bytearray(2)
            self.assertEqual(2, one.recv_into(room))
            self.assertEqual((b"cd", b"ef"), (room, one.makefile("rb").read(2)))

    def test_options_are_read(self):
        with socket.socket() as one:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.assertNotEqual(0, one.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE))
            self.assertNotEqual(0, one.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            self.assertEqual(socket.SOCK_STREAM, one.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE))
            self.assertEqual(0, one.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))


    def test_a_socket_that_does_not_linger_is_reset(self):
        with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as one:
            peer, _ = server.accept()
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            peer.close()
            with self.assertRaises(ConnectionResetError):
                one.recv(1)

    def test_options_of_keep_alive(self):
        with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as one:
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 7)
            one.connect(server.getsockname())
            self.assertEqual(7, one.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE))


class UnixTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = os.path.join(self.folder.name, "s")

    def tearDown(self):
        self.folder.cleanup()

    def answering(self, answer):
        """A server that reads once, answers and closes."""
        server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        server.bind(self.path)
        server.listen()

        def serve():
            peer, _ = server.accept()
            with peer:
                peer.recv(65536)
                peer.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        self.addCleanup(server.close)
        return thread

    def test_a_question_and_its_answer(self):
        self.answering(b"pong")
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(60)
            client.connect(self.path)
            self.assertEqual((socket.AF_UNIX, self.path), (client.family, client.getpeername()))
            client.sendall(b"ping")
            self.assertEqual(b"pong", client.recv(100))
            self.assertEqual(b"", client.recv(100))

    def test_http(self):
        self.answering(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        path = self.path

        class Connection(http.client.HTTPConnection):
            def connect(self):
                self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
                self.sock.connect(path)

        connection = Connection("localhost")
        connection.request("GET", "/")
        self.assertEqual(b"ok", connection.getresponse().read())

    def test_much_data(self):
        self.answering(b"z" * 3_000_000)
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(self.path)
            client.sendall(b"go")
            with client.makefile("rb") as reader:
                self.assertEqual(3_000_000, len(reader.read()))

    def test_nobody_there(self):
        with socket.socket(socket.AF_UNIX) as client, self.assertRaises(FileNotFoundError):
            client.connect(self.path + "missing")
        with socket.socket(socket.AF_UNIX) as one, socket.socket(socket.AF_UNIX) as two:
            one.bind(self.path)
            with self.assertRaises(OSError):
                two.bind(self.path)

    def test_asyncio(self):
        async def run():
            async def serve(reader, writer):
                writer.write(b"heard " + await reader.readline())
                writer.close()

            server = await asyncio.start_unix_server(serve, self.path)
            reader, writer = await asyncio.open_unix_connection(self.path)
            writer.write(b"this\n")
            line = await asyncio.wait_for(reader.readline(), 60)
            writer.close()
            server.close()
            return line

        self.assertEqual(b"heard this\n", asyncio.run(run()))
