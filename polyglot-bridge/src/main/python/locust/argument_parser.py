"""Custom command line options (python-api.md A10). The command line itself is parsed in Java; this module records what
a locustfile adds, tells Java its shape, and converts the words that were given."""


class Options:
    """environment.parsed_options: one attribute per option."""

    # Spellings of old versions, which Locust keeps as well.
    slave = None
    expect_slaves = None

    def __init__(self, values):
        self.__dict__.update(values)

    def __getattr__(self, name):
        raise AttributeError(f"'Namespace' object has no attribute '{name}'")

    def __contains__(self, name):
        return name in self.__dict__

    def __eq__(self, other):
        return isinstance(other, Options) and vars(self) == vars(other)

    def __repr__(self):
        return "Namespace(" + ", ".join(f"{key}={value!r}" for key, value in vars(self).items()) + ")"


class _Extras:
    """add_argument with Locust's own keywords, for a parser or a group of one."""

    def add_argument(self, *args, **kwargs):
        extras = {key: kwargs.pop(key, default) for key, default in (
            ("env_var", None), ("include_in_web_ui", True), ("is_secret", False), ("is_required", False),
            ("is_multiple", False))}
        action = super().add_argument(*args, **kwargs)
        if not action.option_strings:
            raise ValueError(f"A locustfile can add options (--{args[0]}), not positional arguments ({args[0]}).")
        self._owner().extras.append((action, extras))
        return action


def _program():
    """The name the user called."""
    import os
    import sys
    return os.path.basename(sys.argv[0]) if sys.argv else "katydid"


def _make_parser():
    import argparse

    class Group(_Extras, argparse._ArgumentGroup):
        def __init__(self, container, *args, **kwargs):
            super().__init__(container, *args, **kwargs)
            self._of = container

        def _owner(self):
            return self._of._owner()

    class Exclusive(_Extras, argparse._MutuallyExclusiveGroup):
        def __init__(self, container, **kwargs):
            super().__init__(container, **kwargs)
            self._of = container

        def _owner(self):
            return self._of._owner()

    class Parser(_Extras, argparse.ArgumentParser):
        """What listeners of init_command_line_parser get."""

        def __init__(self):
            super().__init__(prog=_program(), add_help=False, allow_abbrev=False)
            self.extras = []

        def _owner(self):
            return self

        def add_argument_group(self, *args, **kwargs):
            group = Group(self, *args, **kwargs)
            self._action_groups.append(group)
            return group

        def error(self, message):
            raise ValueError(f"{self.prog}: error: {message}")

        def add_mutually_exclusive_group(self, **kwargs):
            group = Exclusive(self, **kwargs)
            self._mutually_exclusive_groups.append(group)
            return group

        def described(self):
            """Plain data for Java's parser."""
            return [_describe(action, extras) for action, extras in self.extras]

        def convert(self, given):
            """{dest: value} of all custom options from the words that were given, in order."""
            words = []
            for _, name, values in given:
                if len(values) == 1 and values[0].startswith("-") and name.startswith("--"):
                    words.append(f"{name}={values[0]}")
                else:
                    words.append(name)
                    words.extend(values)
            values = vars(self.parse_args(words))
            own = {action.dest for action, _ in self.extras}
            return {dest: value for dest, value in values.items() if dest in own}

        @property
        def args_included_in_web_ui(self):
            return {a.dest: a for a, extras in self.extras if extras["include_in_web_ui"]}

        @property
        def secret_args_included_in_web_ui(self):
            return {a.dest: a for a, extras in self.extras if extras["include_in_web_ui"] and extras["is_secret"]}

    return Parser()


def CustomOptionsParser():
    """An empty parser for a locustfile's options."""
    return _make_parser()


def _describe(action, extras):
    import argparse
    nargs = action.nargs
    if nargs is None:
        low, high = 1, 1
    elif nargs == "?":
        low, high = 0, 1
    elif nargs == "*":
        low, high = 0, -1
    elif nargs == "+":
        low, high = 1, -1
    elif isinstance(nargs, int):
        low, high = nargs, nargs
    else:
        low, high = 0, -1
    repeatable = type(action).__name__ in ("_AppendAction", "_ExtendAction", "_AppendConstAction", "_CountAction")
    return {
        "names": list(action.option_strings),
        "dest": action.dest,
        "env": extras["env_var"],
        "min_words": low,
        "max_words": high,
        "repeatable": repeatable,
        "required": bool(action.required or extras["is_required"]) and bool(action.required),
        "default_text": None if action.default is None or action.default is argparse.SUPPRESS else str(action.default),
        "metavar": action.metavar if isinstance(action.metavar, str) else None,
        "help": None if action.help is argparse.SUPPRESS else action.help,
        "hidden": action.help is argparse.SUPPRESS,
        "include_in_web_ui": bool(extras["include_in_web_ui"]),
        "secret": bool(extras["is_secret"]),
        "multiple": bool(extras["is_multiple"]),
        "required_in_web_ui": bool(extras["is_required"]),
        "choices": [str(choice) for choice in (action.choices or [])],
    }


def parse_options(args=None):
    """The options of a program that starts its own test: its words, the environment and the config files, read as
    those of `katydid`."""
    import sys

    from . import events
    parser = CustomOptionsParser()
    events.init_command_line_parser.fire(parser=parser)
    return read_options([str(word) for word in (sys.argv[1:] if args is None else args)], parser)


def read_options(words, parser):
    """Options for a program, from words of a command line and a parser with what has been added."""
    import sys

    import _katydid
    library = _katydid.library()
    if library is None:
        raise RuntimeError("The options of a locustfile are in environment.parsed_options. A file that reads them "
                           "itself is run with: katydid python FILE")
    from ._runtime import plain
    answer = library.readOptions(words, parser.described())
    if answer.refusal() is not None:
        print(answer.refusal(), file=sys.stderr)
        sys.exit(answer.exitCode())
    values, given = answer.value()
    options = Options(plain(values))
    for dest, value in parser.convert(plain(given)).items():
        setattr(options, dest, value)
    return options


def __getattr__(name):
    if name == "LocustArgumentParser":
        value = type(_make_parser())
    elif not name.startswith("_") and hasattr(_others(), name):
        value = getattr(_others(), name)
    else:
        from ._other_names import of_module
        value = of_module(__name__, name)
    globals()[name] = value
    return value


def _others():
    from . import _options_of_programs
    return _options_of_programs
