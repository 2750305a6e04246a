"""What programs and tools call in locust.argument_parser besides parse_options: parsers, and the search for locustfiles."""
import os
import sys
from collections import namedtuple

DEFAULT_CONFIG_FILES = ("~/.locust.conf", "locust.conf", "pyproject.toml")
UIExtraArgOptions = namedtuple(
    "UIExtraArgOptions", "default_value is_secret is_required help_text is_multiple choices", defaults=(None,))


class OptionsParser:
    """Reads a whole command line as `katydid` does. The work is done by the program's own parser; listeners of
    init_command_line_parser have added theirs when it is made."""

    def __init__(self, config_files=DEFAULT_CONFIG_FILES):
        from . import events
        from .argument_parser import CustomOptionsParser
        self._config_files = [file for file in config_files if file not in DEFAULT_CONFIG_FILES]
        self._custom = CustomOptionsParser()
        events.init_command_line_parser.fire(parser=self._custom)

    def __getattr__(self, name):
        return getattr(self._custom, name)

    def parse_args(self, args=None, namespace=None):
        from .argument_parser import read_options
        words = [str(word) for word in (sys.argv[1:] if args is None else args)]
        if "--help" in words or "-h" in words:
            self._print_help()
        for file in self._config_files:
            words = ["--config", file, *words]
        options = read_options(words, self._custom)
        if namespace is not None:
            for name, value in vars(options).items():
                setattr(namespace, name, value)
        return options if namespace is None else namespace


    def _print_help(self):
        """The options that were added; `katydid --help` has all the others. Ends the program."""
        self._custom.prog = "katydid"
        self._custom.epilog = "The other options are those of: katydid --help"
        print(self._custom.format_help())
        sys.exit(0)


def get_parser(default_config_files=DEFAULT_CONFIG_FILES):
    return OptionsParser(default_config_files)


def default_args_dict():
    """{option: default} of the built-in and the added options."""
    return dict(vars(get_parser().parse_args([])))


def ui_extra_args_dict(args=None):
    """The added options that the web UI shows: {name: fields of UIExtraArgOptions}."""
    parser = get_parser()
    values = vars(parser.parse_args(args))
    return {action.dest: UIExtraArgOptions(
        default_value=values.get(action.dest), is_secret=extras["is_secret"], is_required=extras["is_required"],
        help_text=action.help, is_multiple=extras["is_multiple"], choices=action.choices)._asdict()
        for action, extras in parser.extras if extras["include_in_web_ui"]}


def parse_locustfile_option(args=None):
    """The options that are needed before a locustfile is loaded; words that are not known yet are left alone."""
    from .argument_parser import Options
    words = list(sys.argv[1:] if args is None else args)
    file = os.environ.get("LOCUST_LOCUSTFILE", "locustfile")
    for place, word in enumerate(words):
        if word in ("-f", "--locustfile") and place + 1 < len(words):
            file = words[place + 1]
        elif word.startswith("--locustfile="):
            file = word.partition("=")[2]
    return Options({"locustfile": file, "headless": "--headless" in words, "worker": "--worker" in words,
                    "master": "--master" in words})


def get_locustfiles_locally(options):
    """The paths of the locustfiles that the option names: files, folders, comma separated."""
    return parse_locustfile_paths([name.strip() for name in options.locustfile.split(",")])


def parse_locustfile_paths(paths):
    """Files and folders as a list of files; ends the program where one cannot be used."""
    found = []
    for path in paths:
        if path.startswith(("http://", "https://")):
            found.append(path)
        elif os.path.isdir(path):
            files = sorted(os.path.join(folder, name) for folder, _, names in os.walk(os.path.abspath(path))
                           for name in names if name.endswith(".py") and not name.startswith("_"))
            if not files:
                _end(f"Could not find any locustfiles in directory '{path}'")
            found.extend(files)
        else:
            found.append(_file(path))
    return found


def _file(path):
    for candidate in (path, path + ".py") if not path.endswith(".py") else (path,):
        if os.path.isfile(candidate):
            if not candidate.endswith(".py"):
                _end(f"Invalid file '{path}'. File should have '.py' extension.")
            return os.path.abspath(candidate)
    _end(f"Could not find '{path}'. Ensure the path is correct and the file exists.")


def _end(sentence):
    print(sentence, file=sys.stderr)
    sys.exit(1)


def timespan(time_str):
    import argparse
    from .util.timespan import parse_timespan
    try:
        return parse_timespan(time_str)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def positive_integer(string):
    import argparse
    try:
        value = int(string)
    except ValueError:
        raise argparse.ArgumentTypeError(f"invalid int value: '{string}'") from None
    if value < 1:
        raise argparse.ArgumentTypeError(f"Invalid --expect-workers argument: {value}. Must be a positive number")
    return value
