"""Names of the program's entry, which is in Java."""
from . import __version__ as version
from ._loading import is_shape_class, is_user_class, load_file

__all__ = ["is_shape_class", "is_user_class", "load_locustfile", "main", "version"]

COMMON_OPTIONS = {"num_users": "users", "spawn_rate": "spawn-rate", "run_time": "run-time"}


def load_locustfile(path):
    """({name: user class}, [shape instances]) of a file."""
    return load_file(path)


def create_environment(user_classes, options, events=None, shape_class=None, locustfile=None, parsed_locustfiles=None,
                       available_user_classes=None, available_shape_classes=None, available_user_tasks=None):
    """An environment with the values of parsed options."""
    from .env import Environment
    return Environment(
        user_classes=user_classes, events=events, shape_class=shape_class, locustfile=locustfile, host=options.host,
        tags=options.tags, exclude_tags=options.exclude_tags, reset_stats=options.reset_stats,
        stop_timeout=options.stop_timeout, parsed_options=options, profile=options.profile,
        parsed_locustfiles=parsed_locustfiles, available_user_classes=available_user_classes,
        available_shape_classes=available_shape_classes, available_user_tasks=available_user_tasks)


def main():
    """Starting the program from within a locustfile is not possible: it is running already."""
    raise RuntimeError("Katydid is started from the command line: katydid -f FILE")


def __getattr__(name):
    from ._other_names import of_module
    return of_module(__name__, name)
