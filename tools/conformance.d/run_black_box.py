"""Runs a test file of Locust that starts `locust` as a program: in real Locust's Python, with the times a JVM needs.

Words: folder with the tests, the results' file, the module's name.
"""
import importlib
import json
import os
import signal
import subprocess
import sys
import threading
import unittest

import gevent
import locust
import psutil

# Started in the background, a shell has SIGINT ignored, and so would all that the tests start and interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)
FACTOR = float(os.environ.get("CONFORMANCE_PATIENCE", "10"))
folder, results, name = sys.argv[1:]
sys.argv[1:] = []
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "stand_ins"))
locust.__path__.append(os.path.join(folder, "locust"))
import certificates  # noqa: E402

certificates.install()
module = importlib.import_module("locust.test." + name)


def patient(original, parameter=None):
    """The same with a longer timeout, which is given by its name or as that parameter."""
    def call(*words, **named):
        words = list(words)
        if parameter is not None and len(words) > parameter and words[parameter] is not None:
            words[parameter] *= FACTOR
        if named.get("timeout") is not None:
            named["timeout"] *= FACTOR
        return original(*words, **named)
    return call


subprocess.check_output = patient(subprocess.check_output)
subprocess.Popen.communicate = patient(subprocess.Popen.communicate, 2)
subprocess.Popen.wait = patient(subprocess.Popen.wait, 1)
if hasattr(module, "gevent"):
    class PatientTimeout(gevent.Timeout):
        def __init__(self, seconds=None, *words, **named):
            super().__init__(seconds and seconds * FACTOR, *words, **named)

    module.gevent.Timeout = PatientTimeout
if hasattr(module, "TestProcess"):
    original_init = module.TestProcess.__init__

    def patient_init(self, command, *, expect_timeout=5, join_timeout=1, **named):
        original_init(self, command, expect_timeout=expect_timeout * FACTOR, join_timeout=join_timeout * FACTOR, **named)

    module.TestProcess.__init__ = patient_init
if hasattr(module, "wait_for_server"):
    original_wait = module.wait_for_server
    module.wait_for_server = lambda url, timeout=5, interval=0.5: original_wait(url, timeout * FACTOR, interval)


def flat(suite):
    for item in suite:
        if isinstance(item, unittest.TestSuite):
            yield from flat(item)
        else:
            yield item


with open(results, "a", encoding="utf-8") as file:
    for test in flat(unittest.defaultTestLoader.loadTestsFromModule(module)):
        label = test.id().split(".", 2)[2]
        wanted = os.environ.get("CONFORMANCE_TEST")
        if not type(test).__module__.endswith("." + name) or wanted and wanted not in label:
            continue
        result = unittest.TestResult()
        try:
            test.run(result)
        except BaseException as error:
            result.errors.append((test, repr(error)))
        left = psutil.Process().children(recursive=True)
        for process in left:
            process.kill()
        psutil.wait_procs(left, 10)
        problems = [text for _, text in result.errors + result.failures]
        outcome = "skipped" if result.skipped else "failed" if problems else "passed"
        reason = result.skipped[0][1] if result.skipped else "\n".join(problems)[-3000:]
        file.write(json.dumps({"test": label, "outcome": outcome, "reason": reason}) + "\n")
        file.flush()
