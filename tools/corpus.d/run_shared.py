"""Runs many files one after the other in one `katydid python`: words are the server's port, a file with one
"key<TAB>tree<TAB>path<TAB>folder" a line, the results' file, users and seconds.

Starting Katydid costs more than a few seconds of most files, so this is the quick way to look at all of them. What a
file leaves behind in the interpreter stays for the next one, so a difference found here is looked at in a run of its own.
"""
import json
import os
import sys
import time

import gevent
import locust
from locust import argument_parser, main
from locust.env import Environment
from locust.event import Events


def run_all(port, files, results, users, seconds):
    known, path, environ = set(sys.modules), list(sys.path), dict(os.environ)
    sys.argv[:] = ["locust"]
    with open(files, encoding="utf-8") as lines:
        todo = [line.rstrip("\n").split("\t") for line in lines if line.strip()]
    for key, tree, file, folder in todo:
        for name, module in list(sys.modules.items()):
            if name not in known and os.sep + "trees" + os.sep in (getattr(module, "__file__", None) or ""):
                del sys.modules[name]
        sys.path[:] = path
        os.environ.clear()
        os.environ.update(environ)
        os.chdir(os.path.join(tree, folder))
        locust.events = Events()
        begun = time.time()
        row = _run(os.path.join(tree, file), f"http://127.0.0.1:{port}", int(users), float(seconds))
        row.update(key=key, seconds=round(time.time() - begun, 1), cwd=folder)
        with open(results, "a", encoding="utf-8") as output:
            output.write(json.dumps(row) + "\n")


def _run(file, host, users, seconds):
    row = {"code": 1, "started": False, "requests": {}, "failures": [], "exceptions": [], "output": ""}
    try:
        classes, shapes = main.load_locustfile(file)
        options = argument_parser.parse_options(["--headless", "-u", str(users), "-r", str(users), "-H", host])
        environment = Environment(user_classes=list(classes.values()), events=locust.events, host=host,
                                  shape_class=shapes[0] if shapes else None, parsed_options=options)
        classes_of_errors = set()
        locust.events.user_error.add_listener(
            lambda exception, **_: classes_of_errors.add(f"{type(exception).__name__}: {str(exception)[:200]}"))
        runner = environment.create_local_runner()
        try:
            locust.events.init.fire(environment=environment, runner=runner, web_ui=None)
            row["started"] = True
            if shapes:
                runner.start_shape()
            else:
                runner.start(users, users)
            gevent.sleep(seconds)
        finally:
            runner.quit()
        stats = environment.stats
        row["requests"] = {f"{entry.method} {entry.name}": entry.num_requests for entry in stats.entries.values()}
        row["failures"] = sorted({f"{error.method} {error.name}: {error.error}" for error in stats.errors.values()})[:50]
        row["exceptions"] = sorted(classes_of_errors)[:50]
        row["code"] = environment.process_exit_code
        if row["code"] is None:
            row["code"] = 1 if row["failures"] or row["exceptions"] else 0
    except BaseException as error:
        row["output"] = f"{type(error).__name__}: {error}"[-6000:]
        row["code"] = getattr(error, "exit_code", 1)
    return row


run_all(*sys.argv[1:])
