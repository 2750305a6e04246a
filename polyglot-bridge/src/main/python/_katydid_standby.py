"""A context that waits for its locustfile (class PythonOnStandby): what it does before, and what it is told then."""
import os
import posix
import random
import sys


def prepare():
    """Imports what nearly every locustfile needs."""
    import logging
    import locust.clients
    import locust.contrib.fasthttp
    import locust._runtime
    import locust._loading
    import _katydid_json
    # So that nothing of it is new when the run begins.
    begin(dict(os.environ), os.getcwd(), [], [])


def begin(environment, folder, path_before, path):
    """The variables of the run that begins, its working directory and its part of sys.path take the place of those that this
    process was started with. A process may come back from disk more than once, so its random numbers begin anew."""
    from locust._runtime import plain
    random.seed()
    os.chdir(folder)
    path_before, path = plain(path_before), plain(path)
    if path != path_before:
        sys.path[:] = path + [entry for entry in sys.path if entry not in path_before and entry not in path]
    wanted = plain(environment)
    for name in [name for name in os.environ if name not in wanted]:
        del os.environ[name]
    for name, value in wanted.items():
        if os.environ.get(name) != value:
            os.environ[name] = value
    posix.environ.clear()
    posix.environ.update((os.fsencode(name), os.fsencode(value)) for name, value in wanted.items())
    # Packages may have been installed meanwhile. (importlib.invalidate_caches would import importlib.metadata for it.)
    for finder in list(sys.path_importer_cache.values()):
        if finder is not None:
            finder.invalidate_caches()
