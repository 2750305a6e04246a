"""One run of one file on one side: starts the program, waits with a limit, reads what it has written."""
import csv
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from corpus_files import CACHE, SITE

PROJECT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Outcome(dict):
    """What is kept of a run: exit code, requests {"GET /x": count}, failures, exceptions, end of the output."""

    @property
    def loaded(self):
        return bool(self["started"])

    @property
    def did_something(self):
        return bool(self["requests"] or self["exceptions"])


TRACEBACK = "Traceback (most recent call last)"
# What stands between an exception and the one that was raised while it was handled.
LINKS = re.compile(r"\n\n(?:The above exception was the direct cause of the following exception"
                   r"|During handling of the above exception, another exception occurred):\n\n")


def result_path(side, entry):
    return os.path.join(CACHE, "results", side, entry.file_name + ".json")


def kept(side, entry):
    try:
        with open(result_path(side, entry), encoding="utf-8") as file:
            return Outcome(json.load(file))
    except FileNotFoundError:
        return None


def keep(side, entry, outcome):
    path = result_path(side, entry)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(outcome, file, indent=1)


def run(side, entry, cwd, port, users, seconds):
    """cwd is relative to the repository."""
    tree = entry.tree(side)
    scratch = tempfile.mkdtemp(prefix="corpus-")
    command = [_program(side), "-f", os.path.join(tree, entry.path), "--headless", "-u", str(users), "-r", str(users),
               "-t", f"{seconds}s", "-H", f"http://127.0.0.1:{port}", "--only-summary", "--csv",
               os.path.join(scratch, "out")]
    begun = time.monotonic()
    try:
        with open(os.path.join(scratch, "log"), "w+b") as log:
            process = subprocess.Popen(command, cwd=os.path.join(tree, cwd), env=_environment(port), stdout=log,
                                       stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True)
            try:
                code = process.wait(seconds + 90)
            except subprocess.TimeoutExpired:
                code = "does not end"
            _end(process)
            log.seek(0)
            text = log.read().decode("utf-8", "replace")
        return Outcome(
            code=code, cwd=cwd, seconds=round(time.monotonic() - begun, 1), started="All users spawned" in text
            or "Shape test starting" in text or "Ramping to" in text, requests=_requests(scratch),
            failures=_column(scratch, "failures", lambda row: f"{row['Method']} {row['Name']}: {row['Error']}"),
            exceptions=_exceptions(text),
            output=_without_tables(text)[-6000:])
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def run_shared(words, results, patience, tell):
    """Runs run_shared.py until it ends or has not finished a file for `patience` seconds (its start: three times that).
    tell(key, outcome) hears of every file as it is done."""
    process = subprocess.Popen([_program("katydid"), "python", os.path.join(os.path.dirname(__file__), "run_shared.py"),
                                *words], env=_environment(0), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, start_new_session=True)
    told, quiet = 0, 0
    while quiet < (patience if told else 3 * patience):
        over = process.poll() is not None
        with open(results, encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines if line.endswith("\n")]
        for row in rows[told:]:
            tell(row["key"], Outcome(row))
        quiet = quiet + 1 if len(rows) == told else 0
        told = len(rows)
        if over:
            break
        time.sleep(1)
    _end(process)


def hung():
    return Outcome(code="does not end", cwd="", seconds=0, started=False, requests={}, failures=[], exceptions=[],
                   output="does not end")


def _program(side):
    if side == "locust":
        return os.environ["KATYDID_LOCUST"]
    return os.environ.get("KATYDID_UNDER_TEST") or os.path.join(PROJECT, "katydid")


def _environment(port):
    env = {name: value for name, value in os.environ.items()
           if not name.startswith("LOCUST_") and not name.lower().endswith("_proxy")}
    return {**env, "PYTHONPATH": SITE, "KATYDID_NO_BUILD": "1", "LOCUST_SKIP_UPDATE_CHECK": "1", "COLUMNS": "200"}


def _end(process):
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


def _rows(scratch, kind):
    try:
        with open(os.path.join(scratch, f"out_{kind}.csv"), encoding="utf-8", newline="") as file:
            csv.field_size_limit(10_000_000)
            return list(csv.DictReader(file))
    except FileNotFoundError:
        return []


def _requests(scratch):
    return {f"{row['Type']} {row['Name']}": int(row["Request Count"]) for row in _rows(scratch, "stats")
            if not (row["Name"] == "Aggregated" and not row["Type"]) and int(row["Request Count"])}


def _column(scratch, kind, text_of):
    return sorted({text_of(row) for row in _rows(scratch, kind)})[:50]


def _exceptions(log):
    """Exceptions of tasks and of on_start as the log has them, {"module.Class: message"}: the table of the CSV files has no classes."""
    found = set()
    for part in re.split(r"^(?=\[\d{4}-\d\d-\d\d )", log, flags=re.M):
        if re.search(r"/ERROR/locust\.user\.(task|users): ", part[:200]) and TRACEBACK in part:
            line = _last_of_first_chain(part[part.index("\n") + 1:])
            if line:
                found.add(line[:300])
    return sorted(found)[:50]


def _last_of_first_chain(text):
    """The line of the exception that was raised last; what other users have written to the same output follows."""
    last = ""
    for piece in LINKS.split(text):
        line = re.search(r"^[A-Za-z_][\w.]*(:.*)?$", piece, re.M)
        if not line:
            break
        last = line[0].strip()
        if TRACEBACK in piece[line.end():]:
            break
    return last


def _without_tables(text):
    return text.split("\nType     Name")[0] if "\nType     Name" in text else text
