"""What of grpc needs no server."""
import pickle
import unittest

import _katydid_packages as known
import grpc
from grpc import _metadata, _targets, _utilities


class GrpcTest(unittest.TestCase):
    def test_targets_are_those_of_grpcio(self):
        for given, taken in (("localhost:50051", "localhost:50051"), ("localhost", "localhost:443"),
                             ("dns:///a.b:1", "a.b:1"), ("dns:a:1", "a:1"), ("ipv4:127.0.0.1:5", "127.0.0.1:5"),
                             ("ipv6:[::1]:5", "[::1]:5"), ("[::1]", "[::1]:443"), ("::1", "[::1]:443")):
            self.assertEqual((taken, None), _targets.address(given), given)
        for given in ("unix:/tmp/a", "xds:///a", "ipv4:1.1.1.1:1,2.2.2.2:2", "http://a:1"):
            self.assertIsNone(_targets.address(given)[0], given)

    def test_a_target_that_cannot_be_fails_when_it_is_called(self):
        channel = grpc.insecure_channel("http://localhost:1")
        with self.assertRaises(grpc.RpcError) as raised:
            channel.unary_unary("/a/b")(b"")
        self.assertIs(grpc.StatusCode.UNAVAILABLE, raised.exception.code())
        copy = pickle.loads(pickle.dumps(raised.exception))
        self.assertEqual(str(raised.exception), str(copy))
        channel.close()

    def test_metadata_go_to_java_and_back(self):
        given = (("a", "1"), ("a", "2"), ("empty", ""), ("b-bin", b"\x00\n\xff"))
        self.assertEqual(given, _metadata.pairs(_metadata.flat(given) + "\n"))
        self.assertIsNone(_metadata.flat((("Upper", "1"),)))
        self.assertIsNone(_metadata.flat((("a", "two\nlines"),)))
        with self.assertRaises(TypeError):
            _metadata.flat((("a", 1),))

    def test_generated_modules_load(self):
        self.assertFalse(_utilities.first_version_is_lower(grpc.__version__, "1.80.0"))
        self.assertTrue(_utilities.first_version_is_lower("1.9.9", "1.10.0rc1"))
        handler = grpc.unary_unary_rpc_method_handler(print, None, None)
        self.assertEqual("a.B", grpc.method_handlers_generic_handler("a.B", {"C": handler}).service_name())

    def test_servers_and_aio_are_refused_in_a_sentence(self):
        with self.assertRaisesRegex(NotImplementedError, "run the server as a program of its own"):
            grpc.server(None)
        with self.assertRaisesRegex(NotImplementedError, "use grpc.insecure_channel"):
            grpc.aio.insecure_channel("localhost:1")
        self.assertTrue(issubclass(type("Mine", (grpc.aio.ServerInterceptor,), {}), grpc.aio.ServerInterceptor))

    def test_it_answers_to_the_version_it_is_installed_as(self):
        self.assertEqual(known.PROVIDED["grpcio"], grpc.__version__)
        self.assertIsNone(known.native_module("grpcio"))
