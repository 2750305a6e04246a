"""Runs test files of Locust inside `katydid python`: words are the folder with the tests, the results' file, a port file,
a file with the names of tests that are not to be run again, and the names of test modules.

One line of JSON a test: name, outcome (passed, failed, skipped), reason.
"""
import importlib
import json
import os
import sys
import threading
import time
import unittest

import gevent
import locust

HERE = os.path.dirname(os.path.abspath(__file__))
LIMIT = float(os.environ.get("CONFORMANCE_LIMIT", "60"))


def main():
    folder, results, port, done, *modules = sys.argv[1:]
    sys.path.insert(0, os.path.join(HERE, "stand_ins"))
    locust.__path__.append(os.path.join(folder, "locust"))
    import certificates
    certificates.install()
    from locust.test import util
    util.create_tls_cert = certificates.create_tls_cert
    # It looks through all objects for Locust's caches; this Python does not list them, and there are none.
    util.clear_all_functools_lru_cache = lambda: None
    import test_cases
    sys.modules["locust.test.testcases"] = test_cases
    test_cases.LocustTestCase.server_port = int(port)
    sys.argv[1:] = []
    with open(done, encoding="utf-8") as lines:
        finished = set(lines.read().split("\n"))
    with open(results, "a", encoding="utf-8") as file:
        def tell(name, outcome, reason=""):
            file.write(json.dumps({"test": name, "outcome": outcome, "reason": reason}) + "\n")
            file.flush()

        for module in modules:
            _run_module(module, finished, tell)
    with open(done + ".end", "w", encoding="utf-8"):
        pass
    os._exit(0)


def _run_module(name, finished, tell):
    wanted = os.environ.get("CONFORMANCE_TEST")
    if name in finished:
        return
    try:
        module = importlib.import_module("locust.test." + name)
    except BaseException as error:
        tell(name, "failed", f"the file cannot be imported: {type(error).__name__}: {error}")
        return
    tests = list(_flat(unittest.defaultTestLoader.loadTestsFromModule(module)))
    import pytest
    tests += [unittest.FunctionTestCase(function, description=label) for label, function in pytest.functions(module)]
    for test in tests:
        label = test.shortDescription() if isinstance(test, unittest.FunctionTestCase) else test.id().split(".", 2)[2]
        if not isinstance(test, unittest.FunctionTestCase) and not type(test).__module__.endswith("." + name):
            continue
        if label in finished or wanted and wanted not in label:
            continue
        _run_one(test, label, tell)


def _run_one(test, label, tell):
    result = unittest.TestResult()
    begun = time.monotonic()
    runner = gevent.spawn(test.run, result)
    runner.join(LIMIT)
    if not runner.ready():
        tell(label, "failed", f"not finished after {LIMIT:.0f} s" + _stack(runner))
        os._exit(75)
    if result.skipped:
        tell(label, "skipped", result.skipped[0][1])
        return
    problems = [text for _, text in result.errors + result.failures]
    if result.unexpectedSuccesses:
        problems.append("unexpected success")
    if not problems and runner.exception is not None:
        problems = [repr(runner.exception)]
    tell(label, "failed" if problems else "passed", "\n".join(problems)[-3000:])


def _stack(greenlet):
    import traceback
    frames = sys._current_frames()
    return "\n" + "\n".join("".join(traceback.format_stack(frame)[-6:]) for frame in frames.values())[:1500]


def _flat(suite):
    for item in suite:
        if isinstance(item, unittest.TestSuite):
            yield from _flat(item)
        else:
            yield item


main()
