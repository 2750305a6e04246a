"""What gRPC's Python interface does, said in lines that are the same with grpcio and with Katydid's grpc. The server's port
is in GRPC_PORT."""
import os
import pickle
import threading
import time

import grpc

target = f"127.0.0.1:{os.environ['GRPC_PORT']}"


def said(name, function):
    try:
        print(name, function())
    except Exception as error:
        kind = type(error).__name__
        if isinstance(error, grpc.RpcError):
            print(name, kind, error.code(), repr(error.details()), isinstance(error, grpc.Call), isinstance(error, grpc.Future))
        else:
            print(name, kind, error)


def shown(metadata):
    return sorted((key, value) for key, value in metadata)


channel = grpc.insecure_channel(target)
uu = {name: channel.unary_unary(f"/test.Bytes/{name}") for name in ("Echo", "Metadata", "Fail", "Broken", "Sleep", "Big", "Nothing")}
us = {name: channel.unary_stream(f"/test.Bytes/{name}") for name in ("Count", "Tick", "CountThenFail")}
su = {name: channel.stream_unary(f"/test.Bytes/{name}") for name in ("Total", "First")}
ss = channel.stream_stream("/test.Bytes/Ping")

print("1. one request, one response")
said("echo", lambda: uu["Echo"](b"hello"))
said("empty", lambda: uu["Echo"](b""))
said("every byte", lambda: uu["Echo"](bytes(range(256))) == bytes(range(256)))
response, call = uu["Echo"].with_call(b"x", timeout=10)
print("with_call", response, call.code(), repr(call.details()), shown(call.initial_metadata()), shown(call.trailing_metadata()))
print("with_call", call.is_active(), call.time_remaining() is None or call.time_remaining() > 0)
said("metadata", lambda: uu["Metadata"](b"", metadata=(("x-a", "1"), ("x-a", "2"), ("x-b-bin", b"\x00\xff"))))
for number in range(1, 17):
    said(f"fail {number}", lambda: uu["Fail"](b"%d" % number))
try:
    uu["Fail"](b"5")
except grpc.RpcError as error:
    print("trailing", shown(error.trailing_metadata()), shown(error.initial_metadata()))
    print("text", str(error).splitlines()[:3])
said("broken", lambda: uu["Broken"](b""))
said("unknown method", lambda: uu["Nothing"](b""))
said("deadline", lambda: uu["Sleep"](b"5", timeout=0.2))
said("negative deadline", lambda: uu["Echo"](b"5", timeout=-1))
said("not bytes", lambda: uu["Echo"]("text"))
said("metadata that are none", lambda: uu["Echo"](b"", metadata=(("Upper", "1"),)))
said("serializer fails", lambda: channel.unary_unary("/test.Bytes/Echo", lambda m: 1 / 0)(b""))
said("deserializer fails", lambda: channel.unary_unary("/test.Bytes/Echo", None, lambda m: 1 / 0)(b""))
said("serializers", lambda: channel.unary_unary("/test.Bytes/Echo", str.encode, bytes.decode, _registered_method=True)("ab"))
said("gzip", lambda: uu["Echo"](b"a" * 1000, compression=grpc.Compression.Gzip) == b"a" * 1000)
try:
    uu["Big"](b"5000000")
except grpc.RpcError as error:
    print("too large", error.code())
large = grpc.insecure_channel(target, options=[("grpc.max_receive_message_length", -1), ("grpc.unheard_of", 1)])
said("large", lambda: len(large.unary_unary("/test.Bytes/Big")(b"5000000")))

print("2. futures")
future = uu["Echo"].future(b"later", timeout=10)
print(future.result(), future.exception(), future.done(), future.running(), future.cancelled(), future.code(), future.traceback())
future = uu["Fail"].future(b"5")
said("failing", future.result)
print(isinstance(future.exception(), grpc.RpcError), future.code(), future.exception() is future)
future = uu["Sleep"].future(b"5")
said("not yet", lambda: future.result(timeout=0.1))
print(future.cancel(), future.cancelled(), future.done(), future.code(), future.details())
said("cancelled", future.result)
said("cancelled", future.exception)
told = threading.Event()
future = uu["Echo"].future(b"1")
future.add_done_callback(lambda f: (print("done callback", f is future, f.result()), told.set()))
told.wait(10)
told.clear()
future = uu["Sleep"].future(b"0.2")
print("add_callback", future.add_callback(told.set), told.wait(10), future.is_active(), future.add_callback(print))

print("3. many responses")
said("count", lambda: list(us["Count"](b"5")))
said("none", lambda: list(us["Count"](b"0")))
said("many", lambda: len(list(us["Count"](b"3000"))))
stream = us["Count"](b"2", timeout=10)
print(next(stream), stream.is_active(), 0 < stream.time_remaining() <= 10, next(stream))
said("the end", lambda: next(stream))
print(stream.code(), repr(stream.details()), shown(stream.trailing_metadata()), stream.is_active())
said("again", lambda: next(stream))
stream = us["CountThenFail"](b"")
print(next(stream))
said("half way", lambda: next(stream))
print(stream.code(), stream.details())
stream = us["Tick"](b"0.05", timeout=0.5)
try:
    print([None for _ in stream])
except grpc.RpcError as error:
    print("deadline", error.code(), error is stream)
stream = us["Tick"](b"0.05")
print(next(stream), next(stream), stream.cancel())
said("cancelled", lambda: [None for _ in stream])
print(stream.code(), stream.details(), stream.cancelled())

print("4. many requests")
said("total", lambda: su["Total"](iter([b"1", b"2", b"3"])))
said("a list", lambda: su["Total"]([b"1", b"2"]))
said("a generator", lambda: su["Total"](b"%d" % i for i in range(2000)))
said("none", lambda: su["Total"](iter(())))
said("no iterator", lambda: su["Total"](5))
said("with_call", lambda: su["Total"].with_call(iter([b"7"]))[1].code())
said("future", lambda: su["Total"].future(iter([b"7"])).result())


def failing():
    yield b"1"
    raise KeyError("no more")


said("iterator fails", lambda: su["Total"](failing()))


def endless():
    while True:
        yield b"first"
        time.sleep(0.01)


said("server has enough", lambda: su["First"](endless()))

print("5. many of both")
said("ping", lambda: list(ss(iter([b"a", b"b"]))))
said("nothing", lambda: list(ss(iter(()))))
# The next request depends on the response before it.
answers, may_go = [], threading.Semaphore(1)


def dialogue():
    for turn in range(5):
        may_go.acquire()
        yield b"%d after %d" % (turn, len(answers))


for answer in ss(dialogue()):
    answers.append(answer)
    may_go.release()
print(answers)
stream = ss(endless())
print(next(stream), stream.cancel())
said("cancelled", lambda: [None for _ in stream])

print("6. channels")
print(grpc.channel_ready_future(channel).result(timeout=10))
said("never ready", lambda: grpc.channel_ready_future(grpc.insecure_channel("127.0.0.1:9")).result(timeout=0.3))
nobody = grpc.insecure_channel("127.0.0.1:9").unary_unary("/a/b")
try:
    nobody(b"")
except grpc.RpcError as error:
    print("nobody", error.code(), error.details()[:54])
said("nobody, waiting", lambda: nobody(b"", timeout=0.3, wait_for_ready=True))
states, seen = [], threading.Event()


def state_changed(state):
    states.append(state)
    if state is grpc.ChannelConnectivity.READY:
        seen.set()


with grpc.insecure_channel(target) as other:
    other.subscribe(state_changed, try_to_connect=True)
    print(seen.wait(10), states[0], states[-1])
    other.unsubscribe(state_changed)
    echo = other.unary_unary("/test.Bytes/Echo")
    print(echo(b"in with"))
    pending = other.unary_unary("/test.Bytes/Sleep").future(b"5")
    time.sleep(0.1)
said("closed", lambda: echo(b"after"))
said("closed meanwhile", lambda: (pending.code(), pending.details()))
plain = grpc.metadata_call_credentials(lambda context, callback: callback((("x-a", "b"),), None))
said("credentials without TLS", lambda: uu["Metadata"](b"", credentials=plain))
print(grpc.experimental.unary_unary(b"short", target, "/test.Bytes/Echo", insecure=True))

print("7. interceptors")


class Around(grpc.UnaryUnaryClientInterceptor, grpc.UnaryStreamClientInterceptor, grpc.StreamUnaryClientInterceptor,
             grpc.StreamStreamClientInterceptor):
    def __init__(self, name):
        self.name = name

    def around(self, continuation, details, request):
        print(self.name, details.method, details.timeout, details.metadata)
        response = continuation(details, request)
        print(self.name, "back", isinstance(response, grpc.Call), isinstance(response, grpc.Future))
        return response

    intercept_unary_unary = intercept_unary_stream = intercept_stream_unary = intercept_stream_stream = around


class Answering(grpc.UnaryUnaryClientInterceptor):
    def intercept_unary_unary(self, continuation, details, request):
        raise RuntimeError("no")


around = grpc.intercept_channel(channel, Around("outer"), Around("inner"))
said("uu", lambda: around.unary_unary("/test.Bytes/Echo")(b"1", timeout=9, metadata=(("x-a", "1"),)))
said("uu with_call", lambda: around.unary_unary("/test.Bytes/Echo").with_call(b"1")[1].code())
said("uu future", lambda: around.unary_unary("/test.Bytes/Echo").future(b"1").result())
said("uu fails", lambda: around.unary_unary("/test.Bytes/Fail")(b"5"))
said("us", lambda: list(around.unary_stream("/test.Bytes/Count")(b"2")))
said("su", lambda: around.stream_unary("/test.Bytes/Total")(iter([b"2"])))
said("ss", lambda: list(around.stream_stream("/test.Bytes/Ping")(iter([b"2"]))))
said("raising", lambda: grpc.intercept_channel(channel, Answering()).unary_unary("/test.Bytes/Echo")(b""))
said("raising later", lambda: grpc.intercept_channel(channel, Answering()).unary_unary("/test.Bytes/Echo").future(b"").result())
said("no interceptor", lambda: grpc.intercept_channel(channel, object()))

print("8. names")
print(pickle.loads(pickle.dumps(grpc.StatusCode.NOT_FOUND)) is grpc.StatusCode.NOT_FOUND, grpc.StatusCode.NOT_FOUND.value)
print(list(grpc.ChannelConnectivity), list(grpc.Compression))
