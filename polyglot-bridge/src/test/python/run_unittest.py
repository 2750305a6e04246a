"""Lets the Java side run unittest tests one by one, each on a thread as users have it."""
import unittest

import _katydid

SKIPPED = "skipped: "


def _flatten(suite):
    for item in suite:
        if isinstance(item, unittest.TestSuite):
            yield from _flatten(item)
        else:
            yield item


def names(module):
    """The dotted names of all tests of a module."""
    return [test.id() for test in _flatten(unittest.defaultTestLoader.loadTestsFromName(module))]


def run(test_name):
    """Runs one test; the empty string, or why it failed, or SKIPPED and the reason."""
    _katydid.enter_thread()
    result = unittest.TestResult()
    box = []

    def body():
        try:
            unittest.defaultTestLoader.loadTestsFromName(test_name).run(result)
        except BaseException as error:
            box.append(repr(error))

    _katydid.spawn(body, "test").join(120)
    problems = box + [text for _, text in result.failures + result.errors]
    if not problems and result.skipped:
        return SKIPPED + result.skipped[0][1]
    if not problems and result.testsRun == 0:
        problems = ["the test did not run"]
    return "\n".join(problems)
