"""Serves the Flask application of Locust's own test cases in an ordinary Python, for tests that run on Katydid.

Started with the folder that has `testcases.py`; writes its port. /__counts tells and resets how many connections and
requests there were.
"""
import importlib
import logging
import os
import sys

from gevent import monkey

monkey.patch_all()

import gevent.pywsgi  # noqa: E402
import locust  # noqa: E402

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "stand_ins"))
import certificates  # noqa: E402

certificates.install()
locust.__path__.append(os.path.join(sys.argv[1], "locust"))
app = importlib.import_module("locust.test.testcases").app
counts = {"connections": 0, "requests": 0}


class CountingHandler(gevent.pywsgi.WSGIHandler):
    own = False

    def handle(self):
        counts["connections"] += 1
        super().handle()
        if self.own:
            counts["connections"] -= 1

    def log_request(self):
        if self.path == "/__counts":
            self.own = True
        elif self.path != "/__reset":
            counts["requests"] += 1


@app.route("/__counts")
def tell():
    text = f"{counts['connections'] - 1} {counts['requests']}"
    return text


@app.route("/__reset")
def reset():
    counts["connections"] = counts["requests"] = 0
    return "ok"


logging.disable(logging.CRITICAL)
server = gevent.pywsgi.WSGIServer(("127.0.0.1", 0), app, log=None, error_log=None, handler_class=CountingHandler)
server.start()
print(server.server_port, flush=True)
server.serve_forever()
