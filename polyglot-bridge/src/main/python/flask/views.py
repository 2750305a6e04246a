"""Views that are classes."""
from ._context import request

_METHODS = ("get", "post", "put", "patch", "delete", "head", "options", "trace")


class View:
    """dispatch_request() answers."""

    methods = None
    decorators = ()
    init_every_request = True
    provide_automatic_options = None

    def dispatch_request(self, **arguments):
        raise NotImplementedError

    @classmethod
    def as_view(cls, name, *class_args, **class_kwargs):
        """A view function of that name."""
        kept = None if cls.init_every_request else cls(*class_args, **class_kwargs)

        def view(**arguments):
            answering = cls(*class_args, **class_kwargs) if kept is None else kept
            return answering.dispatch_request(**arguments)

        view.__name__, view.__doc__, view.__module__ = name, cls.__doc__, cls.__module__
        view.view_class, view.methods = cls, cls.methods
        for decorator in cls.decorators:
            view = decorator(view)
        return view


class MethodView(View):
    """A method of the class for each HTTP method."""

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if "methods" not in cls.__dict__:
            cls.methods = {name.upper() for name in _METHODS if hasattr(cls, name)} or None

    def dispatch_request(self, **arguments):
        name = request.method.lower()
        answer = getattr(self, name, None) or (getattr(self, "get", None) if name == "head" else None)
        return answer(**arguments)
