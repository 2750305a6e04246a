"""What locustfiles use of Flask to extend the web UI, without Flask: routes, blueprints, requests, responses, sessions.

The server is Java; `locust.web` hands requests over. Extensions, templates of other files than the index page (unless
jinja2 is installed) and the development server are not here.
"""
from ._app import Blueprint, Flask
from ._config import Config
from ._context import current_app, g, has_request_context, request, session
from ._responses import (Markup, abort, escape, flash, get_flashed_messages, jsonify, make_response, redirect,
                         render_template, render_template_string, send_file, send_from_directory, url_for)
from ._context import copy_current_request_context, stream_with_context
from ._wrappers import Request, Response

__version__ = "3.1.0"
