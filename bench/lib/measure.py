"""What the benchmarks share: nginx as the target, and readings of CPU time and memory from /proc."""
import os
import re
import socket
import subprocess
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
PROJECT = os.path.dirname(os.path.dirname(HERE))
TICKS = os.sysconf("SC_CLK_TCK")
DELAYED = """location = /delayed { default_type application/json; echo_sleep 0.01; echo '{"ok": true}'; }"""


def echo_module():
    """The line that loads nginx's echo module."""
    built = subprocess.run(["nginx", "-V"], capture_output=True, text=True).stderr
    folder = re.search(r"--modules-path=(\S+)", built)
    module = os.path.join(folder.group(1) if folder else "", "ngx_http_echo_module.so")
    if not os.path.exists(module):
        raise SystemExit("nginx's echo module is needed; install it (apt install libnginx-mod-http-echo)")
    return f"load_module {module};"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Nginx:
    """The target: one worker process, no access log, a 45 byte answer to everything."""

    def __init__(self, folder, connections=4096, echo=False):
        """With `echo` it answers /delayed after 10 ms, which needs nginx's echo module."""
        self.port = free_port()
        config = os.path.join(folder, "nginx.conf")
        with open(os.path.join(HERE, "nginx.conf")) as template, open(config, "w") as out:
            text = template.read()
            for name, value in (("@PORT@", self.port), ("@FOLDER@", folder), ("@CONNECTIONS@", connections),
                                ("@MODULE@", echo_module() if echo else ""), ("@DELAYED@", DELAYED if echo else "")):
                text = text.replace(name, str(value))
            out.write(text)
        self.process = subprocess.Popen(
            ["nginx", "-c", config, "-p", folder, "-e", os.path.join(folder, "error.log")])
        deadline = time.time() + 10
        while True:
            try:
                self.requests()
                return
            except OSError:
                if time.time() > deadline:
                    raise SystemExit("nginx does not answer; see " + folder)
                time.sleep(0.1)

    def requests(self):
        """Requests answered since the start, without the ones made here."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/_status") as reply:
            return int(reply.read().split()[9])

    def close(self):
        self.process.terminate()
        self.process.wait(10)


def tree(pid):
    """A process and all its descendants."""
    children = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/stat") as stat:
                    parent = int(stat.read().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(entry))
    found, queue = [], [pid]
    while queue:
        current = queue.pop()
        found.append(current)
        queue += children.get(current, [])
    return found


def cpu_and_memory(pid):
    """CPU seconds and resident megabytes of a process tree."""
    cpu, memory = 0.0, 0
    for each in tree(pid):
        try:
            with open(f"/proc/{each}/stat") as stat:
                fields = stat.read().rsplit(")", 1)[1].split()
            cpu += (int(fields[11]) + int(fields[12])) / TICKS
            with open(f"/proc/{each}/statm") as statm:
                memory += int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
        except OSError:
            continue
    return cpu, memory


def machine_cpu():
    """CPU seconds that all processes of the machine have used, and what its host has taken away."""
    with open("/proc/stat") as stat:
        fields = [int(field) for field in stat.readline().split()[1:9]]
    return (sum(fields) - fields[3] - fields[4]) / TICKS
