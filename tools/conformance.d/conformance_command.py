"""The command: brings the tests into a folder of its own, runs them file by file, writes the page."""
import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PROJECT = os.path.dirname(os.path.dirname(HERE))
PAGE = os.path.join(PROJECT, "docs", "conformance.md")
# Files whose tests are about the program as a whole: they start `locust` and read what it writes.
BLACK_BOX = ("test_main", "test_log")
# A test that has not said anything for this long has killed its process.
SILENCE = 300


def main(arguments, usage):
    options = _parser(usage).parse_args(arguments)
    python = _python_of_locust()
    with tempfile.TemporaryDirectory(prefix="conformance-") as folder:
        source, version = _bring(options.checkout, folder)
        modules = [name for name in source if not options.only or name in options.only]
        if not modules:
            sys.exit("conformance: that checkout has no test files of these names: " + ", ".join(options.only or ()))
        results = options.keep or os.path.join(folder, "results.jsonl")
        inside = [name for name in modules if name not in BLACK_BOX]
        if inside:
            _run_inside(python, folder, results, inside, options)
        for name in modules:
            if name in BLACK_BOX:
                _run_black_box(python, folder, results, name, options)
        rows = _read(results)
    reasons = _reasons()
    _print(rows, reasons)
    if options.keep or not options.only:
        _write_page(rows, reasons, version, source)


def _parser(usage):
    parser = argparse.ArgumentParser(prog="tools/conformance", description=usage,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout")
    parser.add_argument("--only", action="append", help="name of a test file without .py; may be repeated")
    parser.add_argument("--test", default="", help="only tests with this in their name")
    parser.add_argument("--keep", metavar="FILE", help="keep the results there and go on from it: tests that have one "
                        "are not run again; the page is written from all of it")
    parser.add_argument("--limit", type=int, default=60, help="seconds for one test")
    return parser


def _python_of_locust():
    locust = os.environ.get("KATYDID_LOCUST", "")
    python = os.path.join(os.path.dirname(locust), "python3")
    if not os.access(python, os.X_OK):
        sys.exit("conformance: set KATYDID_LOCUST to the locust command of a real Locust 2.47.0 in a virtual environment")
    return python


def _bring(checkout, folder):
    """Puts locust/test into the folder; names of its test modules and the commit."""
    target = os.path.join(folder, "locust", "test")
    if os.path.isdir(os.path.join(checkout, "locust", "test")):
        shutil.copytree(os.path.join(checkout, "locust", "test"), target)
        git = ["git", "-C", checkout]
    else:
        git_dir = checkout
        if not os.path.isdir(os.path.join(checkout, "objects")):
            git_dir = os.path.join(folder, "clone")
            if subprocess.run(["git", "clone", "-q", "--bare", "--depth", "1", checkout, git_dir]).returncode:
                sys.exit(f"conformance: {checkout} is neither a checkout of Locust nor can it be cloned")
        git = ["git", "--git-dir", git_dir]
        archive = subprocess.run([*git, "archive", "HEAD", "locust/test"], stdout=subprocess.PIPE)
        if archive.returncode:
            sys.exit(f"conformance: {checkout} has no locust/test")
        subprocess.run(["tar", "-x", "-C", folder], input=archive.stdout, check=True)
    commit = subprocess.run([*git, "rev-parse", "--short=8", "HEAD"], capture_output=True, text=True).stdout.strip()
    names = sorted(name[:-3] for name in os.listdir(target) if name.startswith("test_") and name.endswith(".py"))
    return names, commit or "unknown"


def _run_inside(python, folder, results, modules, options):
    server = subprocess.Popen([python, os.path.join(HERE, "flask_app_process.py"), folder], stdout=subprocess.PIPE, text=True)
    try:
        port = server.stdout.readline().strip()
        if not port:
            sys.exit("conformance: the test cases' web server does not start in real Locust's Python")
        _run_modules(folder, results, modules, port, options)
    finally:
        server.kill()
        server.wait()


def _run_modules(folder, results, modules, port, options):
    """All in one process, since starting costs more than most tests. A test that hangs ends it; the next process goes on
    after that test, and one that ends without any result has met a file that cannot be run."""
    done = os.path.join(folder, "done.txt")
    while True:
        finished = [row["test"] for row in _read(results)]
        with open(done, "w", encoding="utf-8") as file:
            file.write("\n".join(finished))
        code = _katydid([os.path.join(HERE, "run_in_katydid.py"), folder, results, port, done, *modules], options, results)
        news = len(_read(results)) - len(finished)
        print(f"conformance: {news} tests, exit {code}", file=sys.stderr, flush=True)
        if os.path.exists(done + ".end"):
            return
        if not news:
            _add(results, modules[0], "failed", f"the process ended with {code} before any test")
            modules = modules[1:]


def _katydid(words, options, results):
    env = {**os.environ, "CONFORMANCE_LIMIT": str(options.limit), "CONFORMANCE_TEST": options.test}
    process = subprocess.Popen([os.path.join(PROJECT, "katydid"), "python", *words], env=env, stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL if not os.environ.get("CONFORMANCE_OUTPUT") else None,
                               stderr=subprocess.STDOUT if not os.environ.get("CONFORMANCE_OUTPUT") else None,
                               start_new_session=True)
    size, quiet = -1, 0
    while True:
        try:
            return process.wait(5)
        except subprocess.TimeoutExpired:
            now = os.path.getsize(results) if os.path.exists(results) else 0
            quiet = 0 if now != size else quiet + 5
            size = now
            if quiet >= SILENCE:
                process.kill()
                return process.wait()


def _run_black_box(python, folder, results, name, options):
    """In real Locust's Python, with a `locust` on the PATH that is Katydid and times for a JVM's start."""
    programs = os.path.join(folder, "bin")
    os.makedirs(programs, exist_ok=True)
    link = os.path.join(programs, "locust")
    if not os.path.lexists(link):
        os.symlink(os.path.join(PROJECT, "katydid"), link)
    env = {**os.environ, "PATH": programs + os.pathsep + os.environ["PATH"], "CONFORMANCE_TEST": options.test}
    subprocess.run([python, os.path.join(HERE, "run_black_box.py"), folder, results, name], env=env,
                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    print(f"conformance: {name} done", file=sys.stderr, flush=True)


def _add(results, test, outcome, reason):
    with open(results, "a", encoding="utf-8") as file:
        file.write(json.dumps({"test": test, "outcome": outcome, "reason": reason}) + "\n")


def _read(results):
    if not os.path.exists(results):
        return []
    with open(results, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _reasons():
    """(pattern, kind, sentence): why a test cannot or need not pass. The first that matches counts."""
    found = []
    with open(os.path.join(HERE, "reasons.tsv"), encoding="utf-8") as lines:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                pattern, kind, sentence = line.rstrip("\n").split("\t")
                found.append((re.compile(pattern), kind, sentence))
    return found


def _judged(row, reasons):
    """(outcome, reason) for the page."""
    if row["outcome"] == "passed":
        return "passed", ""
    for pattern, kind, sentence in reasons:
        if pattern.fullmatch(row["test"]):
            return kind, sentence
    if row["outcome"] == "skipped":
        return "not applicable", row["reason"]
    lines = [line for line in row["reason"].strip().split("\n") if line.strip()]
    return "failed", (lines or ["?"])[-1].strip()[:200]


def _print(rows, reasons):
    for row in rows:
        outcome, reason = _judged(row, reasons)
        if outcome == "failed":
            print(f"\n== {row['test']}\n{row['reason']}")
    counts = {}
    for row in rows:
        outcome = _judged(row, reasons)[0]
        counts[outcome] = counts.get(outcome, 0) + 1
    print("\n" + ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items())))


def _write_page(rows, reasons, version, names):
    files = {}
    for row in rows:
        files.setdefault(row["test"].split(".")[0], []).append((row["test"], *_judged(row, reasons)))
    kinds = ("passed", "failed", "different on purpose", "not applicable")
    with open(PAGE, "w", encoding="utf-8") as page:
        page.write("# Locust's own tests\n\n"
                   f"Written by `tools/conformance`; Locust's repository at {version}. The tests run unmodified on Katydid, "
                   "through the adapter in `tools/conformance.d`.\n\n| file | " + " | ".join(kinds) + " |\n|---|"
                   + "---:|" * len(kinds) + "\n")
        totals = [0] * len(kinds)
        for name, tests in sorted(files.items()):
            numbers = [sum(1 for _, outcome, _ in tests if outcome == kind) for kind in kinds]
            totals = [total + number for total, number in zip(totals, numbers)]
            page.write(f"| {name} | " + " | ".join(map(str, numbers)) + " |\n")
        page.write("| all | " + " | ".join(map(str, totals)) + " |\n\n" + _not_run(set(names) - set(files)) + "## What does not pass\n\n"
                   "| test | outcome | reason |\n|---|---|---|\n")
        for name, tests in sorted(files.items()):
            for test, outcome, reason in sorted(tests):
                if outcome != "passed":
                    page.write(f"| {test} | {outcome} | {_cell(reason)} |\n")


def _not_run(names):
    return f"Not run yet: {', '.join(sorted(names))}.\n\n" if names else ""


def _cell(text):
    return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")
