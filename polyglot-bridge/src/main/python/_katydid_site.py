"""The folder that `katydid pip` installs into, and the lists of files (RECORD) that the packages in it carry.

Packages are put in and taken out file by file, since a folder may belong to several of them (azure, google.cloud,
opentelemetry), and so may a file. Run by an ordinary Python 3.
"""
import csv
import os
import re
import shutil

from _katydid_packages import normalized


# A line of a WHEEL file: the size of the wheel in the index, whose compiled code GraalPy loads.
SIZE = "Katydid-Size"


def move_in(fresh, site):
    """Moves everything that pip has put into the folder `fresh` to `site`, in place of other versions of the same."""
    os.makedirs(site, exist_ok=True)
    for info in _infos(fresh):
        take_out(site, _name_of(info))
        rows = _record(fresh, info)
        for path, _, _ in rows:
            source, target = os.path.join(fresh, path), os.path.join(site, path)
            if os.path.isfile(source):
                os.makedirs(os.path.dirname(target), exist_ok=True)
                # Another file system, as often in containers, cannot take the file's name alone.
                shutil.move(source, target)
        with open(os.path.join(site, info, "RECORD"), "w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)


def take_out(site, name):
    """Removes every version of a package but for files that are another one's too. False if there is none."""
    own = [info for info in _infos(site) if normalized(_name_of(info)) == normalized(name)]
    others = {path for info in _infos(site) if info not in own for path, _, _ in _record(site, info)}
    for info in own:
        folders = {os.path.join(site, info)}
        for path, _, _ in _record(site, info):
            if path not in others:
                folders.add(os.path.dirname(_removed(os.path.join(site, path))))
        shutil.rmtree(os.path.join(site, info))
        for folder in folders:
            _remove_if_empty(folder, site)
    return bool(own)


def version(site, name):
    """The version of an installed package, None if it is not there."""
    return next((info[:-len(".dist-info")].rsplit("-", 1)[1] for info in _infos(site)
                 if normalized(_name_of(info)) == normalized(name)), None)


def compiled(site, module):
    """How big the wheels are that the compiled code of an installed module comes from, that of packages it needs included;
    None if there is none."""
    todo = [info for info in _infos(site) if any(_top(path) == module for path, _, _ in _record(site, info))]
    seen, size = set(), None
    while todo:
        info = todo.pop()
        if info not in seen:
            seen.add(info)
            files = [path for path, _, _ in _record(site, info) if path.endswith(".so")]
            if files:
                size = (size or 0) + (_wheel_size(site, info) or sum(os.path.getsize(os.path.join(site, one)) for one in files))
            needs = {normalized(name) for name in _needs(site, info)}
            todo += [one for one in _infos(site) if normalized(_name_of(one)) in needs]
    return size


def _top(path):
    return path.split("/")[0].split(".")[0]


def _headers(site, info, file):
    try:
        with open(os.path.join(site, info, file), encoding="utf-8", errors="replace") as lines:
            return [line.rstrip("\n").partition(": ")[::2] for line in lines]
    except OSError:
        return []


def _wheel_size(site, info):
    return next((int(value) for name, value in _headers(site, info, "WHEEL") if name == SIZE and value.isdigit()), None)


def _needs(site, info):
    """The names of the packages that one needs without extras."""
    for name, value in _headers(site, info, "METADATA"):
        if name == "Requires-Dist" and "extra ==" not in value:
            yield re.split(r"[^\w.-]", value, maxsplit=1)[0]


def _removed(path):
    """The path of a file that is not there any more, nor what was compiled of it."""
    if os.path.isfile(path) or os.path.islink(path):
        os.remove(path)
    folder, name = os.path.split(path)
    compiled = os.path.join(folder, "__pycache__")
    if name.endswith(".py") and os.path.isdir(compiled):
        for one in os.listdir(compiled):
            if one.startswith(name[:-2]):
                os.remove(os.path.join(compiled, one))
    return path


def _remove_if_empty(folder, site):
    while folder != site and folder.startswith(site):
        if os.path.isdir(folder):
            if set(os.listdir(folder)) - {"__pycache__"}:
                return
            shutil.rmtree(folder)
        folder = os.path.dirname(folder)


def _infos(site):
    return sorted(one for one in os.listdir(site) if one.endswith(".dist-info")) if os.path.isdir(site) else []


def _name_of(info):
    return info[:-len(".dist-info")].rsplit("-", 1)[0]


def _record(site, info):
    """The rows of a package's list: path below the folder, hash, size. pip counts paths from where it has put the modules
    at first, two folders below."""
    try:
        with open(os.path.join(site, info, "RECORD"), encoding="utf-8", newline="") as file:
            rows = [(row + ["", ""])[:3] for row in csv.reader(file) if row]
    except FileNotFoundError:
        return []
    for row in rows:
        parts = os.path.normpath(row[0]).split(os.sep)
        row[0] = os.path.join(*([part for part in parts if part != ".."] or ["."]))
    return [row for row in rows if row[0] != "." and not os.path.isabs(row[0])]
