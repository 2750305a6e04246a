"""The command: arguments, the namespace without network, the order of the runs, the table."""
import argparse
import concurrent.futures
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

import comparison
import corpus_files
import one_run
from corpus_files import PROJECT_PAGE, SIDES, entries
from echo_server import serve

INSIDE = "KATYDID_CORPUS_INSIDE"
# Tasks are drawn at random: one side has asked for something that the other may well not have drawn in its short run.
RARE = "same but for names that are drawn rarely"
PACKAGES = ("faker", "tzdata", "python-dotenv", "six", "jsonpath-ng", "ply", "prometheus_client", "redis", "influxdb",
            "pytz", "python-dateutil", "beautifulsoup4", "soupsieve", "loguru", "colorama", "termcolor", "tenacity",
            "backoff", "websocket-client", "pyjwt", "typing_extensions", "tabulate", "locust-plugins", "boltons", "python-decouple", "mock", "pyyaml")


def main(arguments, usage):
    options = _parser(usage).parse_args(arguments)
    if options.command == "fetch":
        sys.exit(1 if corpus_files.fetch(options.git_dirs) else 0)
    if options.command == "packages":
        _install_packages()
        return
    chosen = entries(options.only)
    if not chosen:
        sys.exit("corpus: no file of the list has that in its name")
    if options.command == "run":
        _check_tools()
        if not os.environ.get(INSIDE):
            os.environ[INSIDE] = "1"
            os.execvp("unshare", ["unshare", "--net", *([] if os.geteuid() == 0 else ["--map-root-user"]), sys.executable,
                                  *sys.argv])
        subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
        _run(chosen, options)
    _report(chosen, options.page)


def _parser(usage):
    parser = argparse.ArgumentParser(prog="tools/corpus", description=usage,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("fetch").add_argument("--git-dirs", help="folder with owner+name/repo clones")
    commands.add_parser("packages")
    for name in ("run", "report"):
        command = commands.add_parser(name)
        command.add_argument("--only", action="append", help="only files with this in repository or path; may be repeated")
        command.add_argument("--page", action="store_true", help="write docs/corpus.md")
        if name == "run":
            command.add_argument("--side", choices=(*SIDES, "both"), default="katydid",
                                 help="katydid: Locust's kept results are used where there are any (default)")
            command.add_argument("--users", type=int, default=3)
            command.add_argument("--seconds", type=int, default=8)
            command.add_argument("--shared", action="store_true", help="Katydid runs all files in one process: quick, "
                                 "without their exit codes; what differs then deserves a run of its own")
            command.add_argument("--jobs", type=int, default=3, help="runs of Katydid at a time (Locust: twice as many)")
    return parser


def _check_tools():
    if not os.access(os.environ.get("KATYDID_LOCUST", ""), os.X_OK):
        sys.exit("corpus: set KATYDID_LOCUST to the locust command of a real Locust 2.47.0")
    for tool in ("unshare", "ip"):
        if not shutil.which(tool):
            sys.exit(f"corpus: {tool} is needed, so that no file can reach the network (Linux)")


def _install_packages():
    """One by one and without dependencies: Locust's own must not shadow either side's."""
    for package in PACKAGES:
        code = subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--upgrade", "--target",
                               corpus_files.SITE, package]).returncode
        if code:
            print(f"corpus: {package} cannot be installed; files that need it fail on both sides", file=sys.stderr)


def _run(chosen, options):
    ready = threading.Event()
    port = []
    threading.Thread(target=serve, args=(lambda number: (port.append(number), ready.set()),), daemon=True).start()
    ready.wait(10)
    begun = time.monotonic()
    fresh = options.side in ("locust", "both")
    _each("locust", [entry for entry in chosen if fresh or one_run.kept("locust", entry) is None], 2 * options.jobs,
          lambda entry: _locust(entry, port[0], options.users, options.seconds))
    if options.side != "locust" and options.shared:
        _shared(chosen, port[0], options.users, options.seconds)
    elif options.side != "locust":
        _each("katydid", chosen, options.jobs, lambda entry: _katydid(entry, port[0], options.users, options.seconds))
    print(f"corpus: {time.monotonic() - begun:.0f} s", file=sys.stderr)


def _each(side, chosen, jobs, run):
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for number, (entry, outcome) in enumerate(zip(chosen, pool.map(run, chosen)), 1):
            print(f"{side} {number}/{len(chosen)} {entry.key}: exit {outcome['code']}, "
                  f"{sum(outcome['requests'].values())} requests, {outcome['seconds']} s", file=sys.stderr, flush=True)


def _locust(entry, port, users, seconds):
    """From the repository's root, or from the file's folder when that is where its modules or data are found."""
    outcome = one_run.run("locust", entry, "", port, users, seconds)
    folder = os.path.dirname(entry.path)
    if folder and not (outcome.loaded and outcome["code"] == 0):
        other = one_run.run("locust", entry, folder, port, users, seconds)
        if (other.loaded, other["code"] == 0, len(other["requests"])) > (outcome.loaded, outcome["code"] == 0,
                                                                      len(outcome["requests"])):
            outcome = other
    one_run.keep("locust", entry, outcome)
    return outcome


def _katydid(entry, port, users, seconds):
    theirs = one_run.kept("locust", entry)
    outcome = one_run.run("katydid", entry, theirs["cwd"], port, users, seconds)
    if theirs.loaded and comparison.only_chance(theirs, outcome):
        longer = (port, 3 * users, 2 * seconds)
        theirs = comparison.merged(theirs, one_run.run("locust", entry, theirs["cwd"], *longer))
        outcome = comparison.merged(outcome, one_run.run("katydid", entry, theirs["cwd"], *longer))
        one_run.keep("locust", entry, theirs)
    one_run.keep("katydid", entry, outcome)
    return outcome


def _shared(chosen, port, users, seconds):
    """One process runs file after file; one that hangs in a file is ended, and the next goes on after that file."""
    left = {entry.key: entry for entry in chosen}

    def tell(key, outcome):
        one_run.keep("katydid", left.pop(key), outcome)
        print(f"katydid {len(chosen) - len(left)}/{len(chosen)} {key}: {sum(outcome['requests'].values())} requests, "
              f"{outcome['seconds']} s", file=sys.stderr, flush=True)

    with tempfile.TemporaryDirectory(prefix="corpus-") as folder:
        files, results = os.path.join(folder, "files.tsv"), os.path.join(folder, "results.jsonl")
        while left:
            with open(files, "w", encoding="utf-8") as output:
                for entry in left.values():
                    cwd = one_run.kept("locust", entry)["cwd"]
                    output.write("\t".join((entry.key, entry.tree("katydid"), entry.path, cwd)) + "\n")
            with open(results, "w", encoding="utf-8"):
                pass
            one_run.run_shared([str(port), files, results, str(users), str(seconds)], results, seconds + 120, tell)
            if left:
                tell(next(iter(left)), one_run.hung())


def _report(chosen, page):
    lines, counts, unlike = [], {}, []
    for entry in chosen:
        theirs, ours = one_run.kept("locust", entry), one_run.kept("katydid", entry)
        if theirs is None or ours is None:
            verdict, detail = "not run", []
        else:
            verdict, detail = _verdict(theirs, ours)
        counts[verdict] = counts.get(verdict, 0) + 1
        if detail:
            unlike.append((entry, verdict, detail))
        lines.append((entry, verdict))
    for entry, verdict, detail in unlike:
        print(f"\n{entry.key}\n  {verdict}")
        for line in detail:
            print(f"    {line}")
    print()
    for verdict, count in sorted(counts.items(), key=lambda item: -item[1]):
        print(f"{count:5}  {verdict}")
    if page:
        _write_page(lines, counts, unlike)


def _verdict(theirs, ours):
    if not theirs.loaded:
        old = re.search(r"Locust class has been renamed|cannot import name '(HttpLocust|Locust|seq_task|TaskSequence|InterruptTaskSet)'"
                        r"|No module named '(locust\.core|gevent\.coros)'"
                        r"|No module named '(urllib2|urlparse|StringIO)'", theirs["output"])
        if ours.loaded:
            return ("old file that real Locust refuses: runs" if old else "refused by Locust, runs here"), []
        if old:
            return "old file that real Locust refuses: does not run", [_last(ours)]
        return "does not load on either side", []
    if not ours.loaded:
        return "different", ["does not load: " + _last(ours)]
    found = comparison.differences(theirs, ours)
    if not found:
        return "same", []
    if not comparison.differences(*comparison.without_rare(theirs, ours)):
        return RARE, found
    return "different", found


def _last(outcome):
    """The line that tells most about why a file did not start."""
    lines = [line.strip() for line in outcome["output"].strip().split("\n") if line.strip()]
    errors = [line for line in lines if re.match(r"[\w.]*(Error|Exception|Exit)\b", line)]
    return (errors or lines or ["no output"])[-1][:300]


def _write_page(lines, counts, unlike):
    reasons = corpus_files.reasons()
    same = counts.get("same", 0) + counts.get(RARE, 0)
    ran = same + counts.get("different", 0)
    with open(PROJECT_PAGE, "w", encoding="utf-8") as page:
        page.write("# Public locustfiles, run by Locust and by Katydid\n\n"
                   "Written by `tools/corpus run --page`; the list is in `tools/corpus.d/list.tsv`, the files are not "
                   "part of this project.\nCompared: exit code, names and methods of requests, which of them fail, "
                   "classes of exceptions.\n\n"
                   f"Of {ran} files that Locust 2.47.0 runs, {same} have the same outcome here"
                   f" ({100 * same / max(ran, 1):.1f}%).\n\n| what | files |\n|---|---:|\n")
        for verdict, count in sorted(counts.items(), key=lambda item: -item[1]):
            page.write(f"| {verdict} | {count} |\n")
        if unlike:
            page.write("\n## What differs\n\n| file | what | why |\n|---|---|---|\n")
            for entry, verdict, detail in unlike:
                text = "; ".join(detail).replace("|", "\\|")[:300]
                page.write(f"| {entry.key} | {verdict}: {text} | {reasons.get(entry.key, '')} |\n")
        page.write("\n## All files\n\n| file | outcome |\n|---|---|\n")
        for entry, verdict in lines:
            page.write(f"| {entry.key} | {verdict} |\n")
