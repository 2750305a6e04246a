# Written by 'katydid stubs', which overwrites it.
from . import (
    adapters as adapters, api as api, auth as auth, certs as certs, compat as compat, cookies as cookies,
    exceptions as exceptions, hooks as hooks, models as models, packages as packages, sessions as sessions,
    status_codes as status_codes, structures as structures, utils as utils)
from .api import (
    delete as delete, get as get, head as head, options as options, patch as patch, post as post, put as put,
    request as request)
from .exceptions import (
    ConnectionError as ConnectionError, ConnectTimeout as ConnectTimeout, FileModeWarning as FileModeWarning,
    HTTPError as HTTPError, JSONDecodeError as JSONDecodeError, ReadTimeout as ReadTimeout,
    RequestException as RequestException, Timeout as Timeout, TooManyRedirects as TooManyRedirects,
    URLRequired as URLRequired)
from .models import PreparedRequest as PreparedRequest, Request as Request, Response as Response
from .sessions import Session as Session, session as session
from .status_codes import codes as codes

__version__: str
__title__: str
__description__: str
__url__: str
__build__: int
__license__: str
