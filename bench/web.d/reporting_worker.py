"""One worker without users that reports many names every three seconds. Run by bench/web with Locust's Python.

  reporting_worker.py PORT ROWS

Says "reported" on a line of its own after its first report; ends when the master tells it to quit, or on SIGTERM.
"""
import signal
import sys
import time
import uuid

import msgpack
import zmq

HEARTBEAT_SECONDS = 1
REPORT_SECONDS = 3
METHODS = ("GET", "POST", "PUT", "DELETE")


def entry(number, now):
    """Ten requests of one name; times and sizes differ from name to name, so that sorting has something to do."""
    base = 3 + number * 7 % 400
    times = {base: 6, base + 4: 3, 10 * base: 1}
    second = int(now)
    return {"name": "/shop/%d/articles/[id]" % number, "method": METHODS[number % len(METHODS)],
            "last_request_timestamp": now, "start_time": now - REPORT_SECONDS, "num_requests": 10,
            "num_none_requests": 0, "num_failures": number % 5 == 0,
            "total_response_time": float(sum(time * count for time, count in times.items())),
            "max_response_time": float(max(times)), "min_response_time": float(min(times)),
            "total_content_length": 1000 + number, "response_times": times,
            "num_reqs_per_sec": {second - 2: 3, second - 1: 3, second: 4},
            "num_fail_per_sec": {second: 1} if number % 5 == 0 else {}}


def report(rows, users, now):
    entries = [entry(number, now) for number in range(rows)]
    for each in entries:
        each["num_failures"] = int(each["num_failures"])
    total = dict(entries[0], name="Aggregated", method="")
    for key in ("num_requests", "num_failures", "total_response_time", "total_content_length"):
        total[key] = sum(each[key] for each in entries)
    total["max_response_time"] = max(each["max_response_time"] for each in entries)
    total["response_times"], total["num_reqs_per_sec"], total["num_fail_per_sec"] = {}, {}, {}
    for each in entries:
        for key in ("response_times", "num_reqs_per_sec", "num_fail_per_sec"):
            for cell, count in each[key].items():
                total[key][cell] = total[key].get(cell, 0) + count
    errors = {str(number): {"name": each["name"], "method": each["method"], "error": "HTTPError('500 Server Error')",
                            "occurrences": 1, "first_seen": now, "last_seen": now}
              for number, each in enumerate(entries) if each["num_failures"]}
    return {"stats": entries, "stats_total": total, "errors": errors, "user_classes_count": users,
            "user_count": sum(users.values())}


def main():
    port, rows = (int(word) for word in sys.argv[1:3])
    ending = []
    signal.signal(signal.SIGTERM, lambda *_: ending.append(True))
    name = "bench_" + uuid.uuid4().hex
    socket = zmq.Context().socket(zmq.DEALER)
    socket.setsockopt(zmq.IDENTITY, name.encode())
    socket.setsockopt(zmq.LINGER, 1000)
    socket.connect("tcp://127.0.0.1:%d" % port)

    def say(kind, data):
        socket.send(msgpack.packb((kind, data, name)))

    state, users, next_beat, next_report, said = "ready", {"Visitor": 0}, 0.0, 0.0, False
    say("client_ready", "2.47.0")
    while not ending:
        now = time.time()
        if now >= next_beat:
            next_beat = now + HEARTBEAT_SECONDS
            say("heartbeat", {"state": state, "current_cpu_usage": 1.5, "current_memory_usage": 50_000_000})
        if state == "running" and now >= next_report:
            next_report = now + REPORT_SECONDS
            say("stats", report(rows, users, now))
            if not said:
                print("reported", flush=True)
                said = True
        if not socket.poll(50):
            continue
        kind, data, _ = msgpack.unpackb(socket.recv(), strict_map_key=False)
        if kind == "spawn":
            users = data["user_classes_count"]
            say("spawning", None)
            say("spawning_complete", {"user_classes_count": users, "user_count": sum(users.values())})
            state = "running"
        elif kind == "stop":
            users = {user_class: 0 for user_class in users}
            state = "ready"
            say("client_stopped", None)
            say("client_ready", "2.47.0")
        elif kind == "quit":
            say("quit", None)
            break
    socket.close()


if __name__ == "__main__":
    main()
