"""Many workers in one process: real sockets and Locust's messages, no users. Run by bench/cluster with the Python that
has pyzmq and msgpack.

  simulated_workers.py PORT WORKERS NAMES [hdr]

Each sends a heartbeat every second and a report with NAMES names every three seconds, and obeys spawn, stop and quit.
With `hdr` the reports carry fine histograms, as those of Katydid's workers do. Ends when all were told to quit, or on SIGTERM, with one line of JSON about what happened.
"""
import base64
import json
import resource
import signal
import sys
import time
import uuid

import msgpack
import zmq

HEARTBEAT_SECONDS = 1
REPORT_SECONDS = 3
SLICES = 100  # a second is worked off in so many pieces, so that the workers do not all speak at once
CPU_PERCENT = 1.5
MEMORY = 50_000_000
VERSION = "2.47.0"


class Worker:
    def __init__(self, context, port, number):
        self.id = "host%d_%s" % (number % 100, uuid.uuid4().hex)
        self.packed_id = msgpack.packb(self.id)
        self.socket = context.socket(zmq.DEALER)
        self.socket.setsockopt(zmq.IDENTITY, self.id.encode())
        self.socket.setsockopt(zmq.LINGER, 1000)
        self.socket.connect("tcp://127.0.0.1:%d" % port)
        self.state = "ready"
        self.users = {}
        self.acknowledged = False
        self.asked_at = 0.0
        self.next_heartbeat = self.next_report = None
        self.heartbeats = self.answers = self.spawns = 0
        self.gone = False

    def say(self, kind, data):
        self.send(kind, msgpack.packb(data))

    def send(self, kind, packed_data):
        self.socket.send(b"\x93" + msgpack.packb(kind) + packed_data + self.packed_id, zmq.NOBLOCK)

    def hear(self):
        while True:
            try:
                kind, data, _ = msgpack.unpackb(self.socket.recv(zmq.NOBLOCK), strict_map_key=False)
            except zmq.Again:
                return
            if kind == "ack":
                self.acknowledged = True
            elif kind == "heartbeat":
                self.answers += 1
            elif kind == "spawn":
                self.spawns += 1
                self.users = data["user_classes_count"]
                self.say("spawning", None)
                self.state = "running"
                self.say("spawning_complete",
                         {"user_classes_count": self.users, "user_count": sum(self.users.values())})
            elif kind == "stop":
                self.users = {name: 0 for name in self.users}
                self.state = "ready"
                self.say("client_stopped", None)
                self.say("client_ready", VERSION)
            elif kind == "quit" and not self.gone:
                self.gone = True
                self.say("quit", None)

    def speak(self, now, report):
        if self.gone:
            return
        if not self.acknowledged:
            if now - self.asked_at > 5:
                self.asked_at = now
                self.say("client_ready", VERSION)
            return
        if self.next_heartbeat is None:
            self.next_heartbeat = now
            self.next_report = now + uuid.UUID(self.id.split("_")[1]).int % 3000 / 1000
        if now >= self.next_heartbeat:
            self.next_heartbeat += HEARTBEAT_SECONDS
            self.heartbeats += 1
            self.say("heartbeat", {"state": self.state, "current_cpu_usage": CPU_PERCENT,
                                   "current_memory_usage": MEMORY})
        if now >= self.next_report:
            self.next_report += REPORT_SECONDS
            users = {"user_classes_count": self.users, "user_count": sum(self.users.values())}
            # The report's map has three entries of its own; its header is replaced by one for five.
            self.send("stats", b"\x85" + report + msgpack.packb(users)[1:])


TIMES = {4: 3, 5: 9, 6: 4, 12: 2, 150: 1, 320: 1}


def fine_histogram(digits, times_over):
    """Katydid's wire form (docs/design/statistics.md), with four cells a bucket as real times would have."""
    def number(value):
        out = bytearray()
        while value >= 0x80:
            out.append(value & 0x7F | 0x80)
            value >>= 7
        out.append(value)
        return bytes(out)

    cells, before = bytes([1, digits]), 0
    for millis, count in TIMES.items():
        parts = [count * times_over] if count < 4 else [count * times_over - 3, 1, 1, 1]
        for part, cell_count in enumerate(parts):
            value = millis * 1000 + part * millis * 20
            cells += number(value - before) + number(cell_count)
            before = value
    return base64.b64encode(cells).decode()


def report_body(names, now, hdr):
    """The report without its map header: 20 requests for each name in the last three seconds."""
    second = int(now)

    def entry(name, method, times_over):
        fields = {
            "name": name, "method": method, "last_request_timestamp": now, "start_time": now - 3,
            "num_requests": 20 * times_over, "num_none_requests": 0, "num_failures": 0,
            "total_response_time": 575.25 * times_over, "max_response_time": 321.5, "min_response_time": 3.75,
            "total_content_length": 20_000 * times_over,
            "response_times": {bucket: count * times_over for bucket, count in TIMES.items()},
            "num_reqs_per_sec": {second - 2: 7 * times_over, second - 1: 7 * times_over, second: 6 * times_over},
            "num_fail_per_sec": {}}
        if hdr:
            fields["hdr"] = fine_histogram(2 if method else 3, times_over)
        return fields

    body = {"stats": [entry("/path/of/a/resource/%d" % number, "GET", 1) for number in range(names)],
            "stats_total": entry("Aggregated", "", names), "errors": {}}
    return msgpack.packb(body)[1:]


def main():
    port, number, names = (int(word) for word in sys.argv[1:4])
    hdr = "hdr" in sys.argv[4:]
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    context = zmq.Context()
    context.set(zmq.MAX_SOCKETS, number + 100)
    workers = [Worker(context, port, each) for each in range(number)]
    ending = []
    signal.signal(signal.SIGTERM, lambda *_: ending.append(True))
    slices = [workers[start::SLICES] for start in range(SLICES)]
    late, body, body_made = 0.0, b"", 0.0
    due = time.time()
    while not ending and not all(worker.gone for worker in workers):
        for part in slices:
            now = time.time()
            late = max(late, now - due)
            if now - body_made > 1:
                body, body_made = report_body(names, now, hdr), now
            for worker in part:
                worker.hear()
                worker.speak(now, body)
            due += 1 / SLICES
            time.sleep(max(0.0, due - time.time()))
    print(json.dumps({
        "workers": number,
        "acknowledged": sum(worker.acknowledged for worker in workers),
        "told_to_quit": sum(worker.gone for worker in workers),
        "spawned": sum(worker.spawns > 0 for worker in workers),
        "heartbeats": sum(worker.heartbeats for worker in workers),
        "answers": sum(worker.answers for worker in workers),
        "most_late_seconds": round(late, 2),
    }), flush=True)
    for worker in workers:
        worker.socket.close()
    context.term()


if __name__ == "__main__":
    main()
