"""Sockets wait outside of Python: as many as want to, and as CPython says."""
import asyncio
import errno
import os
import select
import selectors
import socket
import ssl
import subprocess
import tempfile
import threading
import time
import unittest

import gevent

MANY = 60


def serving(answer, count=1):
    """A server that calls answer(connection) for `count` connections, each in a thread of its own; its address."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve():
        with server:
            for _ in range(count):
                connection, _ = server.accept()
                threading.Thread(target=answer, args=(connection,), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    return server.getsockname()


class ManyTest(unittest.TestCase):
    def test_more_wait_than_there_are_loans(self):
        # Nobody is answered before all have asked: with GraalPy's sockets 32 could.
        asked = threading.Barrier(MANY)

        def answer(connection):
            with connection:
                word = connection.recv(10)
                asked.wait(120)
                connection.sendall(word.upper())

        address = serving(answer, MANY)
        answers = []

        def ask():
            with socket.create_connection(address, 120) as one:
                one.sendall(b"hello")
                answers.append(one.recv(10))

        gevent.joinall([gevent.spawn(ask) for _ in range(MANY)], raise_error=True)
        self.assertEqual([b"HELLO"] * MANY, answers)

    def test_a_kill_ends_a_wait(self):
        one, other = socket.socketpair()
        with one, other:
            waiting = gevent.spawn(one.recv, 1)
            gevent.sleep(0.05)
            waiting.kill()
            self.assertIsInstance(waiting.value, gevent.GreenletExit)
            other.send(b"x")
            self.assertEqual(b"x", one.recv(1))

    def test_a_gevent_timeout_ends_a_wait(self):
        one, other = socket.socketpair()
        with one, other, self.assertRaises(gevent.Timeout):
            with gevent.Timeout(0.05):
                one.recv(1)

    def test_closing_ends_somebody_elses_wait(self):
        one, other = socket.socketpair()
        errors = []

        def wait():
            try:
                one.recv(1)
            except OSError as error:
                errors.append(error.errno)

        with other:
            waiting = threading.Thread(target=wait)
            waiting.start()
            time.sleep(0.05)
            one.close()
            waiting.join(60)
        self.assertEqual([errno.EBADF], errors)

    def test_a_detached_socket_waits_in_other_ways(self):
        one, other = socket.socketpair()
        with other:
            one.settimeout(0.01)
            with self.assertRaises(TimeoutError):
                one.recv(1)
            file = one.detach()
            self.assertEqual(-1, one.fileno())
            threading.Thread(target=lambda: (time.sleep(0.05), other.send(b"x"))).start()
            self.assertEqual(b"x", os.read(file, 1))
            with socket.socket(fileno=file) as again:
                other.send(b"y")
                self.assertEqual(b"y", again.recv(1))

    def test_a_file_that_another_socket_has_taken_over(self):
        one, other = socket.socketpair()
        with other, socket.socket(fileno=one.fileno()) as heir:
            one.detach()
            heir.setblocking(False)
            with self.assertRaises(BlockingIOError):
                heir.recv(1)
            heir.settimeout(0.01)
            with self.assertRaises(TimeoutError):
                heir.recv(1)

    def test_reading_and_writing_the_same_socket_at_once(self):
        one, other = socket.socketpair()
        data = os.urandom(1_000_000)
        with one, other:
            def echo():
                while piece := other.recv(65536):
                    other.sendall(piece)

            echoing = threading.Thread(target=echo)
            echoing.start()
            got = []

            def read():
                while sum(map(len, got)) < len(data):
                    got.append(one.recv(65536))

            reader = threading.Thread(target=read)
            reader.start()
            one.sendall(data)
            reader.join(120)
            one.shutdown(socket.SHUT_WR)
            echoing.join(120)
            self.assertEqual(data, b"".join(got))


class TimeoutTest(unittest.TestCase):
    def test_what_was_set_is_told(self):
        with socket.socket() as one:
            self.assertIsNone(one.gettimeout())
            self.assertTrue(one.getblocking())
            one.settimeout(2)
            self.assertEqual((2.0, 2.0, True), (one.gettimeout(), one.timeout, one.getblocking()))
            one.setblocking(False)
            self.assertEqual((0.0, False), (one.gettimeout(), one.getblocking()))
            for wrong, error in ((-1, ValueError), ("x", (ValueError, TypeError)), (float("nan"), ValueError)):
                with self.assertRaises(error):
                    one.settimeout(wrong)

    def test_the_default(self):
        socket.setdefaulttimeout(3)
        try:
            with socket.socket() as one:
                self.assertEqual(3.0, one.gettimeout())
        finally:
            socket.setdefaulttimeout(None)

    def test_the_time_is_up(self):
        one, other = socket.socketpair()
        with one, other:
            one.settimeout(0.05)
            with self.assertRaisesRegex(TimeoutError, "^timed out$"):
                one.recv(1)
            with self.assertRaises(TimeoutError):
                one.sendall(b"x" * 50_000_000)

    def test_nothing_to_read_without_waiting(self):
        one, other = socket.socketpair()
        with one, other:
            one.setblocking(False)
            with self.assertRaises(BlockingIOError):
                one.recv(1)

    def test_accept(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.settimeout(0.05)
            with self.assertRaises(TimeoutError):
                server.accept()


class ConnectTest(unittest.TestCase):
    def test_nobody_there(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.assertNotEqual(0, port)
        with socket.socket() as one:
            with self.assertRaises(ConnectionRefusedError):
                one.connect(("127.0.0.1", port))
        with socket.socket() as one:
            self.assertEqual(errno.ECONNREFUSED, one.connect_ex(("127.0.0.1", port)))

    def test_without_waiting(self):
        with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as one:
            one.setblocking(False)
            self.assertIn(one.connect_ex(server.getsockname()), (0, errno.EINPROGRESS))
            self.assertEqual(([], [one], []), select.select([], [one], [], 60))
            self.assertEqual(0, one.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))
            peer, address = server.accept()
            with peer:
                self.assertEqual(one.getsockname(), address)
                self.assertEqual(server.getsockname(), one.getpeername())
                peer.sendall(b"hi")
                self.assertEqual(([one], [], []), select.select([one], [], [], 60))
                self.assertEqual(b"hi", one.recv(5))

    def test_a_failure_without_waiting_is_told_by_its_option(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = free.getsockname()
        with socket.socket() as one:
            one.setblocking(False)
            if one.connect_ex(address) == errno.EINPROGRESS:
                select.select([], [one], [], 60)
                self.assertEqual(errno.ECONNREFUSED, one.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))
                self.assertEqual(0, one.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))

    def test_a_name_that_nobody_has(self):
        with socket.socket() as one, self.assertRaises(socket.gaierror):
            one.connect(("nobody.invalid", 1))

    def test_wrong_addresses(self):
        with socket.socket() as one:
            with self.assertRaises(OverflowError):
                one.connect(("127.0.0.1", 70000))
            for wrong in ("127.0.0.1", ("127.0.0.1",), 5, (5, 5)):
                with self.assertRaises(TypeError):
                    one.connect(wrong)

    def test_the_source_address(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            with socket.create_connection(server.getsockname(), source_address=("127.0.0.2", 0)) as one:
                peer, address = server.accept()
                peer.close()
                self.assertEqual(("127.0.0.2", one.getsockname()), (address[0], address))

    def test_options_set_before_hold_after(self):
        with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as one:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            one.connect(server.getsockname())
            plain = socket.SocketType.__mro__[1].__mro__[1]
            self.assertNotEqual(0, plain.getsockopt(one, socket.SOL_SOCKET, socket.SO_KEEPALIVE))
            self.assertNotEqual(0, plain.getsockopt(one, socket.IPPROTO_TCP, socket.TCP_NODELAY))


class BindTest(unittest.TestCase):
    def test_the_port_is_known_before_listening(self):
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            bound = one.getsockname()
            self.assertNotEqual(0, bound[1])
            one.listen()
            self.assertEqual(bound, one.getsockname())

    def test_a_port_in_use(self):
        with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as one:
            with self.assertRaises(OSError) as failed:
                one.bind(server.getsockname())
            self.assertEqual(errno.EADDRINUSE, failed.exception.errno)

    def test_a_closed_servers_port_is_free_at_once(self):
        address = ("127.0.0.1", 0)
        for _ in range(5):
            with socket.create_server(address) as server:
                address = server.getsockname()
                server.settimeout(0.01)
                with self.assertRaises(TimeoutError):
                    server.accept()


class SelectTest(unittest.TestCase):
    def test_which_are_ready(self):
        one, other = socket.socketpair()
        third, fourth = socket.socketpair()
        with one, other, third, fourth:
            self.assertEqual(([], [], []), select.select([one, third], [], [], 0))
            self.assertEqual(([], [one], []), select.select([one, third], [one], [], 5))
            fourth.send(b"x")
            self.assertEqual(([third], [], []), select.select([one, third], [], [], 5))
            self.assertEqual(([third.fileno()], [], []), select.select([third.fileno()], [], [], 0))

    def test_selectors(self):
        one, other = socket.socketpair()
        with one, other:
            other.send(b"x")
            for kind in selectors.SelectSelector, selectors.DefaultSelector:
                with kind() as selector:
                    selector.register(one, selectors.EVENT_READ, "data")
                    selector.register(other, selectors.EVENT_READ)
                    (key, events), = selector.select(60)
                    self.assertEqual(("data", selectors.EVENT_READ), (key.data, events))
                    selector.unregister(one)
                    self.assertEqual([], selector.select(0.01))

    def test_a_file_is_asked_for_its_number_once(self):
        one, other = socket.socketpair()
        asked = []

        class File:
            def fileno(self):
                asked.append(1)
                return one.fileno()

        file = File()
        with one, other:
            other.send(b"x")
            self.assertEqual(([file], [], []), select.select([file], [], [], 60))
        self.assertEqual([1], asked)

    def test_wrong_arguments(self):
        for error, arguments in ((TypeError, ([object()], [], [])), (ValueError, ([], [], [], -1)),
                                 (ValueError, ([-1], [], []))):
            with self.assertRaises(error):
                select.select(*arguments)

    def test_pipes(self):
        reading, writing = os.pipe()
        try:
            os.write(writing, b"x")
            self.assertEqual(([reading], [], []), select.select([reading], [], [], 5))
        finally:
            os.close(reading)
            os.close(writing)


class PacketsTest(unittest.TestCase):
    def test_to_and_fro(self):
        with socket.socket(type=socket.SOCK_DGRAM) as one, socket.socket(type=socket.SOCK_DGRAM) as other:
            one.bind(("127.0.0.1", 0))
            other.bind(("127.0.0.1", 0))
            one.settimeout(0.05)
            with self.assertRaises(TimeoutError):
                one.recvfrom(10)
            other.sendto(b"x", one.getsockname())
            self.assertEqual((b"x", other.getsockname()), one.recvfrom(10))


class TlsTest(unittest.TestCase):
    def setUp(self):
        from test_katydid_ssl import _CERTIFICATE_AND_KEY
        with tempfile.NamedTemporaryFile("w", suffix=".pem", delete=False) as file:
            file.write(_CERTIFICATE_AND_KEY)
        self.addCleanup(os.remove, file.name)
        self.server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.server_side.load_cert_chain(file.name)
        self.client_side = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.client_side.check_hostname = False
        self.client_side.verify_mode = ssl.CERT_NONE

    def test_more_wait_than_there_are_loans(self):
        asked = threading.Barrier(MANY)

        def answer(connection):
            with self.server_side.wrap_socket(connection, server_side=True) as safe:
                word = safe.recv(10)
                asked.wait(300)
                safe.sendall(word.upper())

        address = serving(answer, MANY)
        answers = []

        def ask():
            with socket.create_connection(address, 300) as one:
                with self.client_side.wrap_socket(one, server_hostname="localhost") as safe:
                    safe.sendall(b"hello")
                    answers.append(safe.recv(10))

        gevent.joinall([gevent.spawn(ask) for _ in range(MANY)], raise_error=True)
        self.assertEqual([b"HELLO"] * MANY, answers)

    def test_the_time_is_up(self):
        address = serving(lambda connection: connection.recv(1) and None)
        with socket.create_connection(address, 0.05) as one:
            with self.assertRaises(TimeoutError):
                with self.client_side.wrap_socket(one, server_hostname="localhost") as safe:
                    safe.recv(1)

    def test_without_waiting(self):
        address = serving(lambda connection: self.server_side.wrap_socket(connection, server_side=True).sendall(b"x"))
        with socket.create_connection(address) as one:
            with self.client_side.wrap_socket(one, server_hostname="localhost", do_handshake_on_connect=False) as safe:
                safe.setblocking(False)
                with self.assertRaises(ssl.SSLWantReadError):
                    safe.do_handshake()
                while True:
                    try:
                        safe.do_handshake()
                        break
                    except ssl.SSLWantReadError:
                        select.select([safe], [], [], 60)
                safe.settimeout(60)
                self.assertEqual(b"x", safe.recv(1))


class ProgramTest(unittest.TestCase):
    def test_a_dialogue_with_a_program(self):
        with subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
            self.assertEqual((b"hello", None), program.communicate(b"hello", timeout=60))

    def test_a_program_that_takes_too_long(self):
        with self.assertRaises(subprocess.TimeoutExpired):
            subprocess.run(["sleep", "60"], capture_output=True, timeout=0.2)

    def test_asyncios(self):
        async def run():
            program = await asyncio.create_subprocess_exec("cat", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            return (await program.communicate(b"hello"))[0]

        self.assertEqual(b"hello", asyncio.run(run()))
