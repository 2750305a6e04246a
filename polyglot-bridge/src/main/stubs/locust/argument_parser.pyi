# Written by 'katydid stubs', which overwrites it.
import argparse
from collections.abc import Iterable, Sequence
from typing import Any, Callable, NamedTuple

DEFAULT_CONFIG_FILES: tuple[str, ...]

class Options:
    """environment.parsed_options: one attribute per option."""

    slave: Any
    expect_slaves: Any

    def __init__(self, values: dict[str, Any]) -> None: ...
    def __getattr__(self, name: str) -> Any: ...
    def __setattr__(self, name: str, value: Any) -> None: ...
    def __contains__(self, name: str) -> bool: ...

class _Extras:
    def add_argument(
        self, *name_or_flags: str, env_var: str | None = ..., include_in_web_ui: bool = ..., is_secret: bool = ...,
        is_required: bool = ..., is_multiple: bool = ..., action: Any = ..., nargs: int | str | None = ...,
        const: Any = ..., default: Any = ..., type: Callable[[str], Any] = ..., choices: Iterable[Any] | None = ...,
        required: bool = ..., help: str | None = ..., metavar: str | tuple[str, ...] | None = ...,
        dest: str | None = ..., **kwargs: Any) -> argparse.Action:
        """Adds an option `--name`. Besides argparse's own: env_var names an environment variable that gives the value,
        include_in_web_ui (True unless said otherwise) shows it in the web UI, is_secret hides what is typed there,
        is_required asks for it there, is_multiple lets several of the choices be picked."""

class _Group(_Extras, argparse._ArgumentGroup): ...  # type: ignore[misc]
class _ExclusiveGroup(_Extras, argparse._MutuallyExclusiveGroup): ...  # type: ignore[misc]

class LocustArgumentParser(_Extras, argparse.ArgumentParser):  # type: ignore[misc]
    """What listeners of init_command_line_parser get."""

    def __init__(self) -> None: ...
    def add_argument_group(self, *args: Any, **kwargs: Any) -> _Group: ...
    def add_mutually_exclusive_group(self, **kwargs: Any) -> _ExclusiveGroup: ...  # pyright: ignore
    @property
    def args_included_in_web_ui(self) -> dict[str, argparse.Action]: ...
    @property
    def secret_args_included_in_web_ui(self) -> dict[str, argparse.Action]: ...

def parse_options(args: Sequence[str] | None = None) -> Options:
    """The options of a program that starts its own test: its words, the environment and the config files, read as
    those of `katydid`."""

class UIExtraArgOptions(NamedTuple):
    default_value: str
    is_secret: bool
    is_required: bool
    help_text: str
    is_multiple: bool
    choices: list[str] | None = None

def get_parser(default_config_files: Sequence[str] = ...) -> Any: ...
def default_args_dict() -> dict[str, Any]:
    """{option: default} of the built-in and the added options."""

def ui_extra_args_dict(args: Sequence[str] | None = None) -> dict[str, dict[str, Any]]:
    """The added options that the web UI shows: {name: fields of UIExtraArgOptions}."""

def parse_locustfile_option(args: Sequence[str] | None = None) -> Options:
    """The options that are needed before a locustfile is loaded; words that are not known yet are left alone."""

def get_locustfiles_locally(options: Any) -> list[str]:
    """The paths of the locustfiles that the option names: files, folders, comma separated."""

def parse_locustfile_paths(paths: list[str]) -> list[str]:
    """Files and folders as a list of files; ends the program where one cannot be used."""

def timespan(time_str: str) -> int: ...
def positive_integer(string: str) -> int: ...
