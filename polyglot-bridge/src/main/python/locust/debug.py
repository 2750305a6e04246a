"""Runs one user in the calling thread, for a debugger (python-api.md A11)."""
import _katydid_log as _log

from .env import Environment

_state = {}


class PrintListener:
    """Prints every request as one tab separated line."""

    def __init__(self, env, include_length=False, include_time=False, include_context=False, include_payload=False):
        env.events.request.add_listener(self.on_request)
        self.include_length = include_length
        self.include_time = include_time
        self.include_context = include_context
        self.include_payload = include_payload
        line = "type\t" + "name".ljust(50) + "\tresp_ms\t"
        if include_time:
            line = "time                    \t" + line
        line += ("length\t" if include_length else "") + "exception\t"
        line += ("context\t" if include_context else "") + "\t" + ("payload\t" if include_payload else "")
        print("\n" + line)

    def on_request(self, request_type, name, response_time, response_length, exception, context, start_time=None,
                   response=None, **_kwargs):
        """Listens to the request event."""
        from .exception import CatchResponseError
        error = ""
        if exception:
            error = str(exception) if isinstance(exception, CatchResponseError) else repr(exception)
        line = f"{request_type}\t{name.ljust(50)}\t"
        line += f"{-1 if response_time is None else round(response_time)}".ljust(7) + "\t"
        if self.include_time:
            line = _time(start_time) + "\t" + line
        if self.include_length:
            line += f"{response_length}\t"
        line += error[:500].replace("\n", " ").ljust(9) + "\t"
        if self.include_context:
            line += f"{context or ''}\t"
        if self.include_payload:
            request = getattr(response, "request", None)
            body = getattr(request, "body", None)
            line += f"{body if body is not None else getattr(request, 'payload', None)}\t"
        print(line, flush=True)


def _time(start_time):
    import datetime
    if start_time is None:
        return str(datetime.datetime.now())
    return str(datetime.datetime.fromtimestamp(start_time, tz=datetime.timezone.utc))


def run_single_user(user_class, include_length=False, include_time=False, include_context=False, include_payload=False,
                    loglevel="WARNING"):
    """Runs a user of this class here and now, and prints its requests. A second call uses the same environment."""
    if loglevel:
        from .log import setup_logging
        setup_logging(loglevel)
    environment = _state.get("environment")
    if environment is None:
        import os
        import sys

        from . import events
        from .argument_parser import parse_options
        options = parse_options()
        options.locustfile = os.path.basename(sys._getframe(1).f_code.co_filename)
        environment = _state["environment"] = Environment(
            events=events, locustfile=options.locustfile, host=options.host, parsed_options=options)
        PrintListener(environment, include_length, include_time, include_context, include_payload)
        events.init.fire(environment=environment, runner=None, web_ui=None)
        if _log.has_unhandled():
            sys.exit(1)
    environment.user_classes = [user_class]
    environment._filter_tasks_by_tags()
    environment.events.test_start.fire(environment=environment)
    if environment.host is not None:
        user_class.host = environment.host
    environment.single_user_instance = user = user_class(environment)
    user.run()


def __getattr__(name):
    from ._other_names import of_module
    return of_module(__name__, name)
