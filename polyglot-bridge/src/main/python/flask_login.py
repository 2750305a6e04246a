"""What locustfiles use of Flask-Login for `--web-login`: who is logged in is the session's `_user_id`."""
from flask._context import Proxy, has_request_context, session
from flask._responses import redirect

_manager = None


class UserMixin:
    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self):
        return str(self.id)


class AnonymousUserMixin:
    is_authenticated = False
    is_active = False
    is_anonymous = True

    def get_id(self):
        return None


class LoginManager:
    """Knows how to find a user by its id."""

    def __init__(self, app=None):
        global _manager
        _manager = self
        self.login_view = None
        self._load = None
        self._refuse = None

    def init_app(self, app):
        """The session is kept by the server, so there is nothing to prepare."""

    def user_loader(self, function):
        self._load = function
        return function

    def request_loader(self, function):
        return function

    def unauthorized_handler(self, function):
        self._refuse = function
        return function

    def unauthorized(self):
        return self._refuse() if self._refuse else redirect(self.login_view or "/login")

    def load(self):
        user_id = session.get("_user_id") if has_request_context() else None
        user = self._load(user_id) if user_id is not None and self._load else None
        return user if user is not None else AnonymousUserMixin()


def _current():
    return _manager.load() if _manager else AnonymousUserMixin()


current_user = Proxy(_current)


def login_user(user, remember=False, duration=None, force=False, fresh=True):
    if not force and not user.is_active:
        return False
    session["_user_id"] = user.get_id()
    return True


def logout_user():
    session.pop("_user_id", None)
    return True


def login_required(view):
    def guarded(*args, **kwargs):
        if not current_user.is_authenticated:
            return _manager.unauthorized() if _manager else redirect("/login")
        return view(*args, **kwargs)
    guarded.__name__ = view.__name__
    guarded.__doc__ = view.__doc__
    return guarded
