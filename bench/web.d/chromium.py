"""A headless Chromium with one page, steered through the DevTools protocol over a pair of pipes. For bench/web."""
import base64
import json
import os
import shutil
import subprocess
import tempfile
import threading
import time

PATIENCE_SECONDS = 60


def program():
    """The browser's program, or None."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


class Chromium:
    """Opens pages and evaluates scripts in them. For one thread."""

    def __init__(self, width=1400, height=900):
        self.profile = tempfile.mkdtemp(prefix="katydid-chromium-")
        to_browser, self.commands = os.pipe()
        self.answers, from_browser = os.pipe()
        # The protocol wants the file descriptors 3 and 4; bash can put any others there.
        self.process = subprocess.Popen(
            ["bash", "-c", f'exec "$0" "$@" 3<&{to_browser} 4>&{from_browser}', program(), "--headless", "--no-sandbox",
             "--disable-gpu", "--remote-debugging-pipe", f"--user-data-dir={self.profile}", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
             f"--window-size={width},{height}", "about:blank"],
            pass_fds=(to_browser, from_browser), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True)
        os.close(to_browser)
        os.close(from_browser)
        self.pipe = os.fdopen(self.answers, "rb", 0)
        self.rest = b""
        self.number = 0
        self.session = None
        self.complaints = []
        self.guard = threading.Timer(600, self.process.kill)
        self.guard.daemon = True
        self.guard.start()
        target = self.command("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.command("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.command(domain + ".enable")
        self.size(width, height)

    def command(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.commands, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            if answer.get("method") == "Runtime.exceptionThrown":
                details = answer["params"]["exceptionDetails"]
                self.complaints.append(details.get("exception", {}).get("description", details["text"]))
            if answer.get("method") == "Log.entryAdded" and answer["params"]["entry"]["level"] == "error":
                self.complaints.append(answer["params"]["entry"]["text"])

    def receive(self):
        while b"\0" not in self.rest:
            more = self.pipe.read(1 << 20)
            if not more:
                raise RuntimeError("Chromium has ended.")
            self.rest += more
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def size(self, width, height):
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                     mobile=width < 700)

    def open(self, address):
        self.command("Page.navigate", url=address)

    def eval(self, script):
        """The value of an expression; promises are waited for."""
        result = self.command("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(script + ": " + str(result["exceptionDetails"].get("exception", {}).get("description")))
        return result["result"].get("value")

    def wait(self, condition, seconds=PATIENCE_SECONDS):
        deadline = time.time() + seconds
        while True:
            try:
                if self.eval(f"Boolean({condition})"):
                    return
            except RuntimeError:
                pass  # the page is just being replaced
            if time.time() > deadline:
                raise RuntimeError(f"Not within {seconds} s: {condition}\n{self.complaints}")
            time.sleep(0.05)

    def picture(self, file):
        with open(file, "wb") as out:
            out.write(base64.b64decode(self.command("Page.captureScreenshot", format="png")["data"]))

    def close(self):
        self.guard.cancel()
        try:
            self.command("Browser.close")
        except (RuntimeError, OSError):
            pass
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self.commands)
        self.pipe.close()
        shutil.rmtree(self.profile, ignore_errors=True)
