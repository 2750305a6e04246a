"""`katydid pip`: installs packages for locustfiles into .katydid/site-packages of the working directory.

Run by an ordinary Python 3, whose pip does the work: it is told to take only what is pure Python. For what the index
has not as such a wheel, one is made here: from a wheel with compiled parts that the package can do without, or from its
source. Modules that Katydid brings itself are left out.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

import _katydid_packages as known
import _katydid_wheels as wheels

# `katydid build` installs into a folder of the product.
SITE = os.environ.get("KATYDID_SITE_PACKAGES") or os.path.join(".katydid", "site-packages")
_PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
# Options of `pip install` that take the next word.
_WITH_VALUE = {
    "-c", "--constraint", "-i", "--index-url", "--pypi-url", "--extra-index-url", "-f", "--find-links", "--trusted-host",
    "--proxy", "--cert", "--client-cert", "--timeout", "--retries", "--cache-dir", "--log", "--progress-bar",
    "--upgrade-strategy", "--report", "--keyring-provider", "--exists-action"}
# Those that mean another place than ours, or forbid what is done here.
_DROPPED = {"--user", "-U", "--upgrade", "--break-system-packages", "--force-reinstall", "--no-warn-script-location"}
_DROPPED_WITH_VALUE = {"-t", "--target", "--prefix", "--root", "--platform", "--python-version", "--implementation",
                       "--abi", "--no-binary", "--only-binary"}
_NAME = re.compile(r"^\s*([A-Za-z0-9][A-Za-z0-9._-]*)")
_MISSING = (re.compile(r"No matching distribution found for ([^(\n]+)"),
            re.compile(r"Could not find a version that satisfies the requirement ([^(\n]+)"),
            re.compile(r"depends on ([^\n;]+)"))


class Failed(Exception):
    """One sentence for the user."""


def main(words):
    """The exit code of `katydid pip WORDS`."""
    command = words[0] if words else ""
    try:
        if command == "install":
            return _Installation(words[1:]).run()
        if command == "uninstall":
            return _uninstall([word for word in words[1:] if not word.startswith("-")])
        if command in ("list", "freeze"):
            return _pip(command, "--path", SITE, *words[1:])
        return _pip(*words)
    except Failed as problem:
        _say(str(problem))
        return 1


def _say(text):
    print(f"katydid: {text}", file=sys.stderr, flush=True)


def _pip(*words):
    return subprocess.call([*_PIP, *words])


class _Installation:
    """One `pip install`: the words are sorted, then pip is asked until it finds everything."""

    def __init__(self, words):
        self.options = []
        self.wanted = []
        self.left_out = []
        self.refused = []
        self.quiet = False
        self._sort(words)

    def _sort(self, words):
        words = list(words)
        while words:
            word = words.pop(0)
            option, _, value = word.partition("=")
            if word in ("-r", "--requirement", "-e", "--editable") or option in ("--requirement", "--editable"):
                if not value:
                    if not words:
                        raise Failed(f"{word} needs a value, as in: katydid pip install -r requirements.txt")
                    value = words.pop(0)
                if option in ("-r", "--requirement"):
                    self._read(value)
                else:
                    self.wanted.append(value)
            elif word.startswith("-r") and not word.startswith("--"):
                self._read(word[2:])
            elif option in _DROPPED_WITH_VALUE:
                if not value and words:
                    words.pop(0)
            elif word in _DROPPED:
                continue
            elif word in ("-q", "--quiet"):
                self.quiet = True
            elif word in _WITH_VALUE:
                self.options += [word, *words[:1]]
                words = words[1:]
            elif word.startswith("-"):
                self.options.append(word)
            else:
                self._want(word)

    def _read(self, path):
        """Takes the lines of a requirements file; files that it names are read too."""
        try:
            with open(path, encoding="utf-8-sig") as file:
                lines = file.read().replace("\\\n", " ").splitlines()
        except OSError as error:
            raise Failed(f"cannot read {path}: {error.strerror}") from None
        folder = os.path.dirname(path)
        for line in lines:
            line = re.sub(r"(^|\s)#.*", "", line).strip()
            line = re.sub(r"\s--hash[= ]\S+", "", line)
            if not line:
                continue
            option, _, value = line.partition("=" if line.startswith("--") and "=" in line.split()[0] else " ")
            value = value.strip()
            if option in ("-r", "--requirement", "-c", "--constraint"):
                value = os.path.join(folder, value)
                self._sort([option, value])
            elif option in ("-e", "--editable"):
                self.wanted.append(value)
            elif line.startswith("-"):
                self._sort([option, value] if value else [option])
            else:
                self._want(line)

    def _want(self, requirement):
        name = _name_of(requirement)
        if name is None:
            self.wanted.append(requirement)
            return
        module = known.native_module(name)
        if known.normalized(name) in known.PROVIDED:
            self.left_out.append(name)
        elif module is not None:
            self.refused.append(known.refusal(module, name))
        else:
            self.wanted.append(requirement)

    def run(self):
        if not self.wanted and not self.left_out and not self.refused:
            raise Failed("nothing to install was named, as in: katydid pip install faker")
        if self.left_out:
            _say(f"{', '.join(self.left_out)}: Katydid brings {'its' if len(self.left_out) == 1 else 'their'} own")
        installed = True
        if self.wanted:
            _check_pip()
            with tempfile.TemporaryDirectory(prefix="katydid-pip-") as folder:
                installed = self._install(folder)
        for sentence in self.refused:
            _say(sentence)
        return 0 if installed and not self.refused else 1

    def _install(self, folder):
        house = os.path.join(folder, "wheels")
        os.mkdir(house)
        constraints = os.path.join(folder, "constraints.txt")
        with open(constraints, "w", encoding="utf-8") as file:
            for name in known.STAND_INS:
                version = known.PROVIDED[name] + "+katydid"
                wheels.empty(house, name, version)
                file.write(f"{name}=={version}\n")
        self.maker = wheels.Maker(folder, house, self.options, _say)
        found = self._resolve(folder, house, constraints)
        if found is None:
            return False
        exact = []
        for name, version, address in found:
            if not address.endswith("-none-any.whl") and not self._made_pure(name, version):
                continue
            exact.append(f"{name}=={version}")
        if not exact:
            return False
        if not self._put_in_place(house, exact):
            return False
        _keep_out_of_git()
        return True

    def _resolve(self, folder, house, constraints):
        """Everything that has to be there, as (name, version, address); None when that cannot be found out."""
        report = os.path.join(folder, "report.json")
        tried = set()
        while True:
            if not self.wanted:
                return None
            command = [*_PIP, "install", "--dry-run", "--ignore-installed", "--report", report, "--target", folder,
                       "--find-links", house, "-c", constraints, *wheels.COMPILED, *self.options, *self.wanted]
            answer = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
            if answer.returncode == 0:
                with open(report, encoding="utf-8") as file:
                    items = json.load(file)["install"]
                return [(one["metadata"]["name"], one["metadata"]["version"], one["download_info"]["url"])
                        for one in items]
            complaints = answer.stderr + "".join(
                line + "\n" for line in answer.stdout.splitlines() if " depends on " in line)
            if "no such option: --report" in complaints:
                raise Failed(f"pip of {sys.executable} is older than 22.2; renew it with: "
                             f"{sys.executable} -m pip install --upgrade pip")
            missing = [one for one in _missing(complaints) if known.normalized(_name_of(one) or one) not in tried]
            if not missing:
                sys.stderr.write(complaints)
                return None
            name = _name_of(missing[0]) or missing[0]
            tried.add(known.normalized(name))
            problem = self.maker.from_source(missing[0], name)
            if problem is not None:
                self._leave_out(name, None, problem)

    def _made_pure(self, name, version):
        """Whether the house has a pure wheel of this version now."""
        module = known.native_module(name)
        problem = known.refusal(module, name) if module is not None else self.maker.make(name, version)
        if problem is None:
            return True
        return self._leave_out(name, version, problem)

    def _leave_out(self, name, version, problem):
        """Goes on without a package: named by the user it is refused, needed by another it is replaced by an empty one."""
        named = [one for one in self.wanted if known.normalized(_name_of(one) or one) == known.normalized(name)]
        if named:
            self.wanted = [one for one in self.wanted if one not in named]
            self.refused.append(problem)
            return False
        _say(f"{problem} What needs it is installed without it.")
        if version is None:
            # Any requirement on its version is met by a high one.
            version = "999999"
        wheels.empty(self.maker.house, name, version)
        return True

    def _put_in_place(self, house, exact):
        command = [*_PIP, "install", "--target", SITE, "--upgrade", "--no-deps", "--find-links", house, *wheels.PURE,
                   *self.options, *exact]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, errors="replace")
        for line in process.stdout:
            if line.startswith("Successfully ") and not self.quiet:
                print(line.replace("+katydid", ""), end="", flush=True)
        return process.wait() == 0


def _name_of(requirement):
    """The distribution a requirement names; None for folders, files and addresses."""
    if "://" in requirement.split(" @ ")[0] or requirement.startswith((".", "/", "~")) or os.path.sep in requirement:
        return None
    match = _NAME.match(requirement)
    return match.group(1) if match else None


def _missing(complaints):
    """The requirements pip could not find, the most certain first."""
    found = []
    for pattern in _MISSING:
        for match in pattern.finditer(complaints):
            requirement = match.group(1).strip()
            if requirement not in found:
                found.append(requirement)
    return found


def _check_pip():
    answer = subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True, check=False)
    if answer.returncode != 0:
        raise Failed(f"{sys.executable} has no pip. Install it ('apt install python3-pip', or: "
                     f"{sys.executable} -m ensurepip), or put pure Python packages into {SITE}")


def _keep_out_of_git():
    ignore = os.path.join(os.path.dirname(SITE), ".gitignore")
    if not os.path.exists(ignore):
        with open(ignore, "w", encoding="utf-8") as file:
            file.write("*\n")


def _uninstall(names):
    """Removes the files that packages have installed."""
    import shutil
    code = 0
    for name in names:
        record = next((os.path.join(SITE, entry, "RECORD") for entry in _listed() if entry.endswith(".dist-info")
                       and known.normalized(entry[:-10].rsplit("-", 1)[0]) == known.normalized(name)), None)
        if record is None:
            _say(f"{name} is not in {SITE}")
            code = 1
            continue
        with open(record, encoding="utf-8") as file:
            paths = [os.path.normpath(os.path.join(SITE, line.split(",")[0])) for line in file]
        for path in paths:
            if path.startswith(SITE + os.sep) and os.path.isfile(path):
                os.remove(path)
        shutil.rmtree(os.path.dirname(record), ignore_errors=True)
        for folder, _, _ in sorted(os.walk(SITE), reverse=True):
            if folder != SITE and not set(os.listdir(folder)) - {"__pycache__"}:
                shutil.rmtree(folder)
        print(f"Successfully uninstalled {name}")
    return code


def _listed():
    return os.listdir(SITE) if os.path.isdir(SITE) else []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
