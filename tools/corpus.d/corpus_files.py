"""The list of files and their place in the cache: one copy of each repository's small files for each side."""
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass

HERE = os.path.dirname(os.path.abspath(__file__))
LIST = os.path.join(HERE, "list.tsv")
REASONS = os.path.join(HERE, "reasons.tsv")
PROJECT_PAGE = os.path.join(os.path.dirname(os.path.dirname(HERE)), "docs", "corpus.md")
CACHE = os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "katydid-corpus")
SITE = os.path.join(CACHE, "site-packages")
SIDES = ("locust", "katydid")
# What a locustfile may read besides Python: data, settings, small uploads.
KEPT = (".py", ".csv", ".json", ".txt", ".yml", ".yaml", ".toml", ".conf", ".ini", ".cfg", ".env", ".xml", ".md",
        ".html", ".tsv", ".png", ".jpg", ".pdf", ".proto", ".sql", ".pem")
LARGEST = 2_000_000


@dataclass(frozen=True)
class Entry:
    """One file of the corpus."""
    repository: str
    commit: str
    path: str

    @property
    def key(self):
        return f"{self.repository}:{self.path}"

    @property
    def file_name(self):
        return self.key.replace("/", "+").replace(":", "++")

    def tree(self, side):
        return os.path.join(CACHE, "trees", side, self.repository.replace("/", "+"))


def entries(only=None):
    with open(LIST, encoding="utf-8") as lines:
        found = [Entry(*line.rstrip("\n").split("\t")) for line in lines if line.strip() and not line.startswith("#")]
    return [entry for entry in found if not only or any(text in entry.key for text in only)]


def reasons():
    """Why a file's outcome differs, where that is known: key -> sentence."""
    with open(REASONS, encoding="utf-8") as lines:
        return dict(line.rstrip("\n").split("\t", 1) for line in lines if "\t" in line and not line.startswith("#"))


def fetch(git_dirs):
    """Brings every repository of the list into the cache; returns those that could not be had."""
    missing = []
    for repository, commit in sorted({(entry.repository, entry.commit) for entry in entries()}):
        mark = os.path.join(CACHE, "trees", repository.replace("/", "+") + "." + commit)
        if os.path.exists(mark):
            continue
        git_dir = _local(git_dirs, repository) or _cloned(repository, commit)
        if git_dir is None or not _extract(git_dir, repository, commit):
            missing.append(repository)
            print(f"corpus: {repository} at {commit} could not be had", file=sys.stderr)
            continue
        with open(mark, "w", encoding="utf-8"):
            pass
    return missing


def _local(git_dirs, repository):
    if not git_dirs:
        return None
    found = os.path.join(git_dirs, repository.replace("/", "+"), "repo")
    for candidate in (os.path.join(found, ".git"), found):
        if os.path.isdir(os.path.join(candidate, "objects")):
            return candidate
    return None


def _cloned(repository, commit):
    folder = os.path.join(CACHE, "clones", repository.replace("/", "+"))
    try:
        subprocess.run(["git", "init", "-q", "--bare", folder], check=True)
        subprocess.run(["git", "--git-dir", folder, "fetch", "-q", "--depth", "1",
                        f"https://github.com/{repository}", commit], check=True, timeout=300)
    except (subprocess.SubprocessError, OSError):
        return None
    return folder


def _extract(git_dir, repository, commit):
    git = ["git", "--git-dir", git_dir]
    listing = subprocess.run([*git, "ls-tree", "-r", "-l", "-z", commit], capture_output=True)
    if listing.returncode:
        return False
    names = []
    for line in listing.stdout.split(b"\0"):
        if line:
            about, name = line.decode("utf-8", "surrogateescape").split("\t", 1)
            mode, _, blob, size = about.split()
            if mode.startswith("100") and size.isdigit() and int(size) <= LARGEST and _wanted(name):
                names.append((name, blob))
    trees = [Entry(repository, commit, "").tree(side) for side in SIDES]
    for tree in trees:
        shutil.rmtree(tree, ignore_errors=True)
    with subprocess.Popen([*git, "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as blobs:
        for name, blob in names:
            blobs.stdin.write(blob.encode() + b"\n")
            blobs.stdin.flush()
            answer = blobs.stdout.readline().split()
            if answer[-1] == b"missing":
                continue
            content = blobs.stdout.read(int(answer[-1]) + 1)[:-1]
            for tree in trees:
                target = os.path.join(tree, name)
                os.makedirs(os.path.dirname(target), exist_ok=True)
                with open(target, "wb") as file:
                    file.write(content)
        blobs.stdin.close()
    return bool(names)


def _wanted(name):
    parts = name.split("/")
    if any(part in ("node_modules", "venv", ".venv", "site-packages", ".git") for part in parts):
        return False
    return name.endswith(KEPT) or parts[-1].startswith(".env")
