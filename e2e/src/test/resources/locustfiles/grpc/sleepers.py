"""Users that share one channel and wait for the server at the same time; counted by an interceptor as in Locust's
documentation. Each fails once, and at the end waits for what does not come."""
import os
import time

import grpc
import grpc.experimental.gevent as grpc_gevent
from locust import User, events, task

grpc_gevent.init_gevent()
CHANNEL = grpc.insecure_channel(f"127.0.0.1:{os.environ['GRPC_PORT']}")
stopped = 0
started = time.time()


class Counting(grpc.UnaryUnaryClientInterceptor):
    def __init__(self, environment):
        self.environment = environment

    def intercept_unary_unary(self, continuation, call_details, request):
        error, length, start = None, 0, time.perf_counter()
        response = continuation(call_details, request)
        try:
            length = len(response.result())
        except grpc.RpcError as failed:
            error = failed
        self.environment.events.request.fire(
            request_type="grpc", name=call_details.method, response_time=(time.perf_counter() - start) * 1000,
            response_length=length, response=response, context=None, exception=error)
        return response


class Sleeper(User):
    def on_start(self):
        channel = grpc.intercept_channel(CHANNEL, Counting(self.environment))
        self.sleep = channel.unary_unary("/test.Bytes/Sleep")
        self.tick = CHANNEL.unary_stream("/test.Bytes/Tick")
        try:
            channel.unary_unary("/test.Bytes/Fail")(b"5")
        except grpc.RpcError:
            pass

    @task
    def wait(self):
        if time.time() - started < 5:
            self.sleep(b"0.2")
        else:
            for _ in self.tick(b"0.2"):
                pass

    def on_stop(self):
        global stopped
        stopped += 1


@events.quitting.add_listener
def tell(**_):
    most = CHANNEL.unary_unary("/test.Bytes/AtOnce")(b"", timeout=10)
    print(f"at once: {most.decode()}, users that were stopped: {stopped}")
