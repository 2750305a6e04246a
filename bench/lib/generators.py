"""Starting and ending load generators: Katydid, real Locust (HttpUser and FastHttpUser)."""
import os
import shutil
import signal
import subprocess
import time

from measure import PROJECT, cpu_and_memory, machine_cpu

FILES = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "throughput.d")


def real_locust():
    """The command of the real Locust, or None."""
    return os.environ.get("KATYDID_LOCUST") or shutil.which("locust")


def commands(locustfile, fast_locustfile, words):
    """Name -> command: the same words for Katydid and for both kinds of user of real Locust, if it is installed."""
    found = {"katydid": [os.path.join(PROJECT, "katydid"), "-f", locustfile, *words]}
    if real_locust():
        found["locust-fast"] = [real_locust(), "-f", fast_locustfile, *words]
        found["locust-http"] = [real_locust(), "-f", locustfile, *words]
    return found


def headless(url, users, seconds, rate=None):
    """Words for a test without web UI that prints its statistics only at the end."""
    return ["--headless", "-u", str(users), "-r", str(rate or users), "-t", f"{seconds}s", "--host", url,
            "--only-summary"]


def start(command, log, env=None):
    """The command as a process group of its own, its output appended to a file."""
    with open(log, "ab") as out:
        return subprocess.Popen(command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, cwd=FILES,
                                start_new_session=True, env={**os.environ, **(env or {})})


def kill(process):
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


def await_requests(process, nginx, count, log, patience=120):
    """Waits until nginx has answered so many requests; the status calls of the waiting do not count."""
    before, looks = nginx.requests(), 0
    deadline = time.time() + patience
    while True:
        looks += 1
        if nginx.requests() - before - looks >= count:
            return
        if process.poll() is not None or time.time() > deadline:
            raise SystemExit(f"{process.args[0]} made no requests; see {log}")
        time.sleep(0.02)


def turn(command, nginx, warm_up, window, log, env=None):
    """One measured turn: requests/CPU-s, requests/s, the resident size in MB, and how many cores were busy with
    something else (a reading with more than a few hundredths is not to be trusted)."""
    process = start(command, log, env)
    try:
        await_requests(process, nginx, 50, log)
        time.sleep(warm_up)
        machine0, target0 = machine_cpu(), cpu_and_memory(nginx.process.pid)[0]
        cpu0, _ = cpu_and_memory(process.pid)
        requests0, time0 = nginx.requests(), time.time()
        time.sleep(window)
        requests1, time1 = nginx.requests(), time.time()
        cpu1, memory = cpu_and_memory(process.pid)
        others = machine_cpu() - machine0 - (cpu1 - cpu0) - (cpu_and_memory(nginx.process.pid)[0] - target0)
        if process.poll() is not None:
            raise SystemExit(f"{command[0]} ended too early; see {log}")
    finally:
        kill(process)
    done = requests1 - requests0 - 1
    return {"per_cpu": done / max(cpu1 - cpu0, 1e-9), "per_second": done / (time1 - time0), "rss": memory,
            "others": others / (time1 - time0)}
