"""A gRPC server on the real grpcio, for methods on plain bytes. Prints its port. No part of the product."""
import sys
import threading
import time
from concurrent import futures

import grpc

in_flight = most = 0
lock = threading.Lock()


def echo(request, context):
    context.send_initial_metadata((("began", "yes"), ("raw-bin", b"\x00\x01\xff")))
    context.set_trailing_metadata((("ended", "so"), ("rest-bin", b"\xfe\x00\n"), ("twice", "1"), ("twice", "2")))
    return request


def metadata(request, context):
    got = [(key, value) for key, value in context.invocation_metadata() if key.startswith(("x-", "authorization"))]
    return repr(sorted(got)).encode()


def fail(request, context):
    code = [c for c in grpc.StatusCode if c.value[0] == int(request)][0]
    context.set_trailing_metadata((("why", "asked"), ("grpc-status-details-bin", b"abc")))
    context.abort(code, "as asked: caf\u00e9 100%")


def broken(request, context):
    raise ValueError("broken")


def sleep(request, context):
    global in_flight, most
    with lock:
        in_flight += 1
        most = max(most, in_flight)
    time.sleep(float(request))
    with lock:
        in_flight -= 1
    return request


def at_once(request, context):
    global most
    seen, most = most, 0
    return str(seen).encode()


def count(request, context):
    for i in range(int(request)):
        yield b"%d" % i


def big(request, context):
    return b"x" * int(request)


def tick(request, context):
    while context.is_active():
        yield b"tick"
        time.sleep(float(request))


def count_then_fail(request, context):
    yield b"one"
    context.abort(grpc.StatusCode.DATA_LOSS, "half way")


def total(requests, context):
    return str(sum(int(r) for r in requests)).encode()


def first(requests, context):
    return next(requests)


def ping(requests, context):
    for request in requests:
        yield b"re " + request


METHODS = {
    "Echo": grpc.unary_unary_rpc_method_handler(echo), "Metadata": grpc.unary_unary_rpc_method_handler(metadata),
    "Fail": grpc.unary_unary_rpc_method_handler(fail), "Broken": grpc.unary_unary_rpc_method_handler(broken),
    "Sleep": grpc.unary_unary_rpc_method_handler(sleep), "AtOnce": grpc.unary_unary_rpc_method_handler(at_once),
    "Big": grpc.unary_unary_rpc_method_handler(big),
    "Count": grpc.unary_stream_rpc_method_handler(count), "Tick": grpc.unary_stream_rpc_method_handler(tick),
    "CountThenFail": grpc.unary_stream_rpc_method_handler(count_then_fail),
    "Total": grpc.stream_unary_rpc_method_handler(total), "First": grpc.stream_unary_rpc_method_handler(first),
    "Ping": grpc.stream_stream_rpc_method_handler(ping)}

server = grpc.server(futures.ThreadPoolExecutor(200))
server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("test.Bytes", METHODS),))
if len(sys.argv) > 2:
    chain, key = (open(name, "rb").read() for name in sys.argv[1:3])
    port = server.add_secure_port("localhost:0", grpc.ssl_server_credentials([(key, chain)]))
else:
    port = server.add_insecure_port("127.0.0.1:0")
server.start()
print(port, flush=True)
# Ends with whoever started it.
sys.stdin.read()
server.stop(0)
