"""`katydid pip`: installs packages for locustfiles into .katydid/site-packages of the working directory.

Run by an ordinary Python 3, whose pip does the work: it is told to take only what is pure Python. For what the index
has not as such a wheel, one is made here: from a wheel with compiled parts that the package can do without, from one that was
compiled for GraalPy or does not need Python, or from its source. Modules that Katydid brings itself are left out.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

import _katydid_packages as known
import _katydid_site
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
_NAME = re.compile(r"^\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[([^\]]*)\])?")
_HASH = re.compile(r"\s--hash[= ](\S+)")
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
        if command in ("list", "freeze", "show"):
            return _told(command, words[1:])
        return _pip(*words)
    except (Failed, wheels.OtherContent) as problem:
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
        self.hashes = {}
        """What a file may contain that is installed, by the package's name; nothing where that does not matter."""
        self.hashes_required = False
        self.not_found = []
        self.graalpy_index = os.environ.get("KATYDID_GRAALPY_INDEX")
        """Another index, of wheels for GraalPy alone; None without."""
        self.for_locust = []
        self._sort(words)
        self._judge_what_locust_needs()

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
            elif option == "--graalpy-index":
                self.graalpy_index = value or (words.pop(0) if words else None)
            elif word == "--require-hashes":
                self.hashes_required = True
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
            hashes = _HASH.findall(line)
            line = _HASH.sub("", line)
            if hashes:
                self.hashes_required = True
                self.hashes.setdefault(known.normalized(_name_of(line) or line), []).extend(hashes)
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
        plain = known.normalized(name)
        module = known.native_module(name)
        if plain in known.PROVIDED:
            self.left_out.append(name)
            self._want_extras(requirement, name)
        elif plain in known.NEEDED_BY_LOCUST_ONLY:
            self.for_locust.append(name)
        elif module is not None:
            self.refused.append(known.refusal(module, name))
        else:
            self.wanted.append(requirement)

    def _want_extras(self, requirement, name):
        """What `locust[mqtt]` needs besides Locust."""
        marker = requirement.partition(";")[2]
        for extra in (_NAME.match(requirement).group(2) or "").split(","):
            needs = known.extra(name, extra.strip())
            if needs is None:
                _say(f"{name} has no extra '{extra.strip()}'; it has {', '.join(known.EXTRAS.get(name, [])) or 'none'}")
            for one in needs or ():
                self._want(f"{one};{marker}" if marker else one)

    def _judge_what_locust_needs(self):
        """The lock file of a project names also what Locust needs. Without Locust it is the project's own wish."""
        if not known.LOCUST & {known.normalized(one) for one in self.left_out}:
            self.refused += [known.refusal(known.native_module(name), name) for name in self.for_locust]
            self.for_locust = []

    def run(self):
        if not (self.wanted or self.left_out or self.for_locust or self.refused):
            raise Failed("nothing to install was named, as in: katydid pip install faker")
        if self.left_out:
            _say(f"{', '.join(self.left_out)}: Katydid brings {'its' if len(self.left_out) == 1 else 'their'} own")
        if self.for_locust:
            _say(f"{', '.join(self.for_locust)}: for Locust itself, which is not needed here; left out")
        installed = True
        if self.wanted:
            _check_pip()
            with tempfile.TemporaryDirectory(prefix="katydid-pip-") as folder:
                installed = self._install(folder)
        for sentence in self.refused:
            _say(sentence)
        if self.not_found:
            _say(f"not everything is there: {', '.join(self.not_found)} could not be found")
        return 0 if installed and not self.refused and not self.not_found else 1

    def _install(self, folder):
        house = os.path.join(folder, "wheels")
        os.mkdir(house)
        constraints = os.path.join(folder, "constraints.txt")
        with open(constraints, "w", encoding="utf-8") as file:
            for name in known.STAND_INS:
                version = known.PROVIDED[name] + "+katydid"
                wheels.empty(house, name, version, known.EXTRAS.get(name))
                file.write(f"{name}=={version}\n")
        self.maker = wheels.Maker(folder, house, self.options, self.hashes, _say, self.graalpy_index)
        found = self._resolve(folder, house, constraints)
        if found is None:
            return False
        self._check_hashes_are_known(found, house)
        exact = []
        for name, version, address, direct in found:
            if direct:
                made = self.maker.from_address(name, address)
                if made is not None:
                    raise Failed(made)
            elif not address.endswith("-none-any.whl") and not self._made_pure(name, version):
                continue
            exact.append(f"{name}=={version}")
        if not exact:
            return False
        if not self._put_in_place(folder, house, exact):
            return False
        _keep_out_of_git()
        return True

    def _check_hashes_are_known(self, found, house):
        if not self.hashes_required:
            return
        unknown = [f"{name}=={version}" for name, version, address, _ in found
                   if known.normalized(name) not in self.hashes and house not in address]
        if unknown:
            raise Failed("hashes are required for all packages where one has some (or with --require-hashes), and there are "
                         f"none for {', '.join(unknown)}. Nothing was installed.")

    def _resolve(self, folder, house, constraints):
        """Everything that has to be there, as (name, version, address, whether the user named that address); None when
        that cannot be found out."""
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
                return [(one["metadata"]["name"], one["metadata"]["version"], _address(one["download_info"]),
                         one["is_direct"]) for one in items]
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
        if isinstance(problem, wheels.NotInIndex):
            self.not_found.append(name)
        if version is None:
            # Any requirement on its version is met by a high one.
            version = "999999"
        wheels.empty(self.maker.house, name, version)
        return True

    def _put_in_place(self, folder, house, exact):
        fresh = os.path.join(folder, "fresh")
        command = [*_PIP, "install", "--target", fresh, "--no-deps", "--no-compile", "--find-links", house, *wheels.PURE,
                   *self.options, *self.maker.named(exact)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, errors="replace")
        done = ""
        for line in process.stdout:
            if line.startswith("Successfully "):
                done = line.replace("+katydid", "")
        if process.wait() != 0:
            return False
        try:
            _katydid_site.move_in(fresh, SITE)
        except OSError as error:
            raise Failed(f"cannot write {error.filename2 or error.filename or SITE}: {error.strerror}") from None
        if not self.quiet:
            print(done, end="", flush=True)
        return True


def _name_of(requirement):
    """The distribution a requirement names; None for folders, files and addresses."""
    if "://" in requirement.split(" @ ")[0] or requirement.startswith((".", "/", "~")) or os.path.sep in requirement:
        return None
    match = _NAME.match(requirement)
    return match.group(1) if match else None


def _address(download):
    """Where a package comes from; of a repository also the commit, as pip takes it."""
    version = download.get("vcs_info")
    return download["url"] if version is None else f"{version['vcs']}+{download['url']}@{version['commit_id']}"


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
    code = 0
    for name in names:
        if _katydid_site.take_out(SITE, name):
            print(f"Successfully uninstalled {name}")
        elif known.normalized(name) in known.PROVIDED:
            _say(f"{name} is Katydid's own and stays")
        else:
            _say(f"{name} is not in {SITE}")
            code = 1
    return code


def _told(command, words):
    """pip's answer about what a locustfile can import: what was installed, and what Katydid brings."""
    with tempfile.TemporaryDirectory(prefix="katydid-pip-") as ours:
        for name, version in known.PROVIDED.items():
            if name in known.OTHER_NAMES or _katydid_site.version(SITE, name) is not None:
                continue
            wheels.write_info(ours, name, version, "Katydid's own module of this name.")
        if command != "show":
            return _pip(command, "--path", SITE, "--path", ours, *words)
        # `pip show` looks where its Python does.
        path = os.pathsep.join([os.path.abspath(SITE), ours, *filter(None, [os.environ.get("PYTHONPATH")])])
        return subprocess.call([*_PIP, command, *words], env={**os.environ, "PYTHONPATH": path})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
