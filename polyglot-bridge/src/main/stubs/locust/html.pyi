# Written by 'katydid stubs', which overwrites it.
from typing import Any, NoReturn

from .env import Environment

PERCENTILES_FOR_HTML_REPORT: list[float]

def process_html_filename(options: Any) -> None:
    """Puts the number of users, the rate and the run time into the file's name where it asks for them."""

def get_html_report(environment: Environment, show_download_link: bool = True, theme: str = "") -> NoReturn:
    """Not possible: Katydid writes the report itself, with --html FILE or from the web UI."""
