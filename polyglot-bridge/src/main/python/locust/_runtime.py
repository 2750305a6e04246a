"""What the Java side (class GraalPyScript) calls. Plain data goes in and out: text, numbers, lists, maps.

One script per interpreter, so the state is the module's. Functions are called under the gate by any thread; only
Turns.until_wait runs for long, on the user's own thread.
"""
import os
import sys

import _katydid
import _katydid_log as _log
from _katydid_exit import code_and_text
from greenlet import GreenletExit

import locust

from .env import Environment
from .exception import StopTest, StopUser
from .rpc.protocol import from_wire
from .user.turns import Turns

_users = {}


class LoadError(Exception):
    """The user has to mend something; the message is complete and the exit code is Locust's."""

    def __init__(self, message, exit_code=1):
        super().__init__(message)
        self.message = message
        self.exit_code = exit_code


class _State:
    def __init__(self):
        self.classes = {}
        self.selected = None
        self.shapes = {}
        self.tasks = {}
        self.environment = None
        self.options = None
        self.parser = None
        self.custom = {}
        self.tags = None
        self.exclude_tags = None
        self.clients = None
        self.files = []
        self.warnings = []
        self.exited = None


_state = _State()
# For the host, which listeners may have changed until then (_take_host).
_katydid.expect_listener("test_start")
# For the users that ran at the end of a test.
_katydid.expect_listener("test_stopping")


def environment():
    """The environment of the run, None before init()."""
    return _state.environment


def adopt(env):
    """Makes an environment that a program has created the one of the run that is created next."""
    global _state
    state = _State()
    state.classes = {cls.__name__: (cls, None) for cls in env.user_classes}
    state.tasks = {cls.__name__: list(cls.tasks) for cls in env.user_classes}
    if env.shape_class is not None:
        state.shapes = {type(env.shape_class).__name__: env.shape_class}
    if env.parsed_options is None:
        from .argument_parser import Options
        state.options = Options(plain(_katydid.library().defaultOptions()))
    else:
        state.options = env.parsed_options
    state.environment = env
    if env.available_user_classes is None:
        env.available_user_classes = {name: cls for name, (cls, _) in state.classes.items()}
        env.available_user_tasks = state.tasks
    if _count_exception not in env.events.user_error._handlers:
        env.events.user_error.add_listener(_count_exception)
    _state = state


def exit_program(error):
    """What sys.exit() does in a task, a listener or a greenlet: the program ends with that code, as under gevent, where
    SystemExit reaches the main greenlet. None of the user's code is called from here on; what was counted is reported."""
    if _state.exited is not None:
        return
    _state.exited, text = code_and_text(error)
    if text is not None:
        print(text, file=sys.stderr, flush=True)
    _log.log(_log.INFO, "locust.runners", f"sys.exit({error}) called (use log level DEBUG for callstack)")
    _log.log(_log.DEBUG, "locust.runners", f"sys.exit({error}) was called here: \n{_log.traceback_text(error)}")
    port = _katydid.port()
    if port is not None:
        port.stopTimeout(0.0)
        port.quit()


def exited():
    """The code that user code has ended the program with; None if it has not."""
    return _state.exited


def called_by_user():
    """Whether the calling thread is one of the run's users."""
    me = _katydid.current().ident()
    return any(user._thread.ident() == me for user in list(_users.values()))


def user_greenlets():
    """A group of the greenlets that run users now."""
    from gevent.pool import Group
    group = Group()
    group.greenlets.update(user.greenlet for user in list(_users.values()))
    return group


def _events():
    return locust.events if _state.environment is None else _state.environment.events


def plain(value):
    """Java's lists and maps as Python's; everything else as it is."""
    if value is None:
        # Java's null is equal to None, but its type is another.
        return None
    if isinstance(value, (str, bytes, bool, int, float)):
        return value
    if hasattr(value, "keys"):
        return {key: plain(value[key]) for key in value.keys()}
    if hasattr(value, "latin1"):
        return value.latin1().encode("latin-1")
    if hasattr(value, "entrySet"):
        return {entry.getKey(): plain(entry.getValue()) for entry in value.entrySet()}
    try:
        return [plain(one) for one in value]
    except TypeError:
        return value


def load(files, words, progress):
    """Loads the locustfiles in order and collects their user classes and shapes. The words become sys.argv; the progress
    hears what is done now."""
    _katydid.enter_thread()
    from ._loading import Importing
    with Importing(progress.tell):
        _load(files, words, progress.tell)


def _load(files, words, tell):
    sys.argv[:] = plain(words)
    try:
        sys.stdout.reconfigure(line_buffering=True)
    except (AttributeError, ValueError):
        pass
    from ._loading import load_file
    _state.files = plain(files)
    for file in _state.files:
        tell(f"running {os.path.basename(file)}")
        classes, shapes = load_file(file)
        for name, cls in classes.items():
            known = _state.classes.get(name)
            if known is not None and known[0] is not cls:
                if _source(known[0]) == _source(cls):
                    continue
                raise LoadError(f"Duplicate user class names: {name} is defined in both {known[1]} and {file}")
            _state.classes[name] = (cls, file)
            _state.tasks[name] = list(cls.tasks)
        for shape in shapes:
            known = _state.shapes.get(type(shape).__name__)
            if known is not None and _source(type(known)) == _source(type(shape)):
                continue
            if known is not None:
                raise LoadError(f"Duplicate shape classes: {type(shape).__name__}")
            _state.shapes[type(shape).__name__] = shape
    if not _state.classes:
        _load_test_functions()
    user_classes()  # Raises here, where it can be explained, what is wrong with a class.
    _import_clients()


def _load_test_functions():
    """Where no file defines a user class, functions that pytest would run are the users."""
    from ._pytest_files import load_pytest_file, may_have_tests
    for file in _state.files:
        if may_have_tests(file):
            try:
                classes = load_pytest_file(file)
            except BaseException as error:
                raise LoadError(f"{file} defines no user class, and as a file of pytest it cannot be read: {error}") from None
            for name, cls in classes.items():
                _state.classes[name] = (cls, file)
                _state.tasks[name] = []


def explained(error):
    """What the user is shown of an exception outside a test: the frames of the user's own files and the message."""
    import traceback
    ours = os.path.dirname(os.path.abspath(__file__))
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if not frame.filename.startswith(ours)]
    text = "".join(traceback.format_exception_only(type(error), error)).rstrip()
    return f"Traceback (most recent call last):\n{''.join(traceback.format_list(frames))}{text}" if frames else text


def loaded_files():
    """The locustfiles and the modules beside them."""
    from ._loading import loaded_files
    return loaded_files()


def _import_clients():
    """Imports what the users' clients need now: in the middle of a test it would delay everybody's first request."""
    from .user.users import HttpUser
    if any(issubclass(cls, HttpUser) for cls, _ in _state.classes.values()):
        import _katydid_json
        from . import clients
        _state.clients = (_katydid_json, clients)


def _source(cls):
    """The file a class is defined in, and its name there."""
    module = sys.modules.get(cls.__module__)
    return getattr(module, "__file__", cls.__module__), cls.__qualname__


def _active():
    if _state.selected is None:
        return {name: cls for name, (cls, _) in _state.classes.items()}
    return {name: cls for name, (cls, _) in _state.classes.items() if name in _state.selected}


def user_classes():
    """Name, weight, fixed_count, host and task shares of every class in use."""
    return [_described(name, cls) for name, cls in _active().items()]


def _described(name, cls):
    try:
        weight, fixed_count = float(cls.weight), int(cls.fixed_count or 0)
    except (TypeError, ValueError):
        raise LoadError(f"The weight and fixed_count of {name} must be numbers, not {cls.weight!r} and "
                        f"{cls.fixed_count!r}.") from None
    return {"name": name, "weight": weight, "fixed_count": fixed_count, "host": cls.host, "tasks": _shares(cls.tasks)}


def _shares(tasks, above=()):
    counts = {}
    for one in tasks:
        counts[one] = counts.get(one, 0) + 1
    # A task set may contain itself: it is listed there without its tasks.
    return [{"name": getattr(one, "__name__", str(one)), "ratio": count / len(tasks),
             "tasks": _shares(one.tasks, (*above, one)) if hasattr(one, "tasks") and one not in above else []}
            for one, count in counts.items()]


def shapes():
    return list(_state.shapes)


def shape_uses_common_options(name):
    return bool(_state.shapes[name].use_common_options)


def select_classes(names):
    """Keeps only these classes."""
    _state.selected = set(plain(names))


def custom_options():
    """The options that listeners of init_command_line_parser add, as plain data for the command line parser in Java."""
    if not locust.events.init_command_line_parser._handlers:
        return []
    from .argument_parser import CustomOptionsParser
    _state.parser = CustomOptionsParser()
    locust.events.init_command_line_parser.fire(parser=_state.parser)
    return _state.parser.described()


def set_options(values, given):
    """Makes environment.parsed_options: Java's values, and the custom ones converted as the locustfile said."""
    from .argument_parser import Options
    _state.options = Options(plain(values))
    if _state.parser is not None:
        try:
            _state.custom = _state.parser.convert(plain(given))
        except ValueError as error:
            raise LoadError(str(error), 2) from None
        for dest, value in _state.custom.items():
            setattr(_state.options, dest, value)
    if not _state.options.skip_log_setup:
        import _katydid_logging
        _katydid_logging.configure(_state.options.loglevel)


def custom_values():
    return {dest: value for dest, value in _state.custom.items()
            if value is None or isinstance(value, (str, bool, int, float, list))}


def set_option(dest, value):
    """One value of parsed_options, changed by the web form or the master."""
    setattr(_state.options, dest, plain(value))
    if dest in _state.custom:
        _state.custom[dest] = plain(value)
    if dest == "profile" and _state.environment is not None:
        _state.environment.profile = plain(value) or None


def filter_tags(include, exclude):
    """Remembers the tags; the tasks are filtered now, before anything is counted or started. init() logs the warnings.
    None is what was not given. A worker is asked once more with its master's tags: its own stay."""
    if _state.tags is None:
        _state.tags = plain(include)
    if _state.exclude_tags is None:
        _state.exclude_tags = plain(exclude)
    from .user.task import filter_tasks_by_tags
    for cls in _active().values():
        if cls.tasks and _state.tags is None and _state.exclude_tags is None:
            continue
        filter_tasks_by_tags(cls, None if _state.tags is None else set(_state.tags),
                             None if _state.exclude_tags is None else set(_state.exclude_tags),
                             warn=_state.warnings.append)
    if _state.environment is not None:
        _log_warnings()


def equal_weights():
    _state.environment.assign_equal_weights()


def update_user_class(change):
    """Sets attributes of a class; `tasks` keeps the tasks with these names."""
    settings = plain(change)
    name = settings.pop("user_class_name", None)
    if name not in _state.classes:
        raise LoadError(f"There is no user class named {name}; there are {', '.join(_state.classes)}.", 255)
    cls = _state.classes[name][0]
    if "tasks" in settings:
        names = settings.pop("tasks")
        cls.tasks = [one for one in _state.tasks[name] if one.__name__ in names]
    for key, value in settings.items():
        setattr(cls, key, value)


def set_host(host):
    """The base URL of all classes; None leaves what they say themselves."""
    if _state.environment is not None:
        _state.environment.host = host
    _state.host = host
    if host:
        for cls in _active().values():
            cls.host = host


def init(kind):
    """Creates the environment with its runner and fires init. An exception in a listener ends the program."""
    _log_warnings()
    options = _state.options
    active = _active()
    env = Environment(
        user_classes=list(active.values()), events=locust.events, host=getattr(_state, "host", None),
        parsed_options=options, tags=_state.tags, exclude_tags=_state.exclude_tags,
        reset_stats=options.reset_stats, stop_timeout=float(options.stop_timeout or 0),
        locustfile=os.path.basename(_state.files[0]), parsed_locustfiles=list(_state.files), profile=options.profile,
        available_user_classes={name: cls for name, (cls, _) in _state.classes.items()},
        available_shape_classes=dict(_state.shapes), available_user_tasks=dict(_state.tasks),
        shape_class=next(iter(_state.shapes.values()), None))
    env._filtered = True
    _state.environment = env
    runner = env._attach(kind)
    for shape in _state.shapes.values():
        shape.runner = runner
    if kind != "worker" and not options.headless:
        from .web import WebUI
        WebUI(env, options.web_host, options.web_port, options.web_base_path, bool(options.web_login),
              options.tls_cert, options.tls_key, userclass_picker_is_active=bool(options.class_picker))
    locust.events.user_error.add_listener(_count_exception)
    for handler in list(locust.events.init._handlers):
        try:
            handler(environment=env, runner=runner, web_ui=env.web_ui)
        except SystemExit as error:
            raise _exit_of_listener(error) from None
        except Exception as error:
            raise LoadError(f"A listener of the init event failed:\n{_log.traceback_text(error)}") from None


def _log_warnings():
    while _state.warnings:
        _log.log(_log.WARNING, "root", _state.warnings.pop(0))


def _exit_of_listener(error):
    """A listener of init has called sys.exit(): nothing has begun that would have to be ended."""
    code, text = code_and_text(error)
    return LoadError(f"A listener of the init event called sys.exit({error})." if text is None else text, code)


def _count_exception(user_instance, exception, tb, **kwargs):
    _katydid.port().logException(str(exception), _log.frames_text(tb))


def http_kinds():
    """What a warm-up has to warm (_katydid_warm_up.kinds)."""
    import _katydid_warm_up
    return _katydid_warm_up.kinds(list(_active().values()))


until_wait = Turns.until_wait
"""Java calls it with the Turns: a bound method is one more call to GraalPy, and one more function to compile."""


def begin_user(class_name, user_id, beginning):
    """Makes a user on the calling thread: its Turns, for until_wait(), or None if it has ended already.

    `beginning` is told whether it could be made, before anything else is done: the next user is waiting for that."""
    _katydid.enter_thread()
    if _state.exited is not None:
        return None
    try:
        user = _class(class_name)(_state.environment)
        assert hasattr(user, "environment"), (
            f"Attribute 'environment' is missing on user {class_name}. Perhaps you defined your own __init__ and forgot "
            "to call the base constructor? (super().__init__(*args, **kwargs))")
    except BaseException as error:
        beginning.failed()
        _not_made(error, class_name)
        return None
    beginning.made()
    user._thread = _katydid.current()
    _users[user_id] = user
    if Turns.possible(user):
        return Turns(user, lambda error: _over(user, class_name, user_id, error))
    try:
        user.run()
    except BaseException as error:
        _died(error, class_name, user_id)
    finally:
        _forget(user, user_id)
    return None


def _not_made(error, class_name):
    """What a user's __init__ has raised, while it is being handled."""
    if isinstance(error, SystemExit):
        exit_program(error)
    elif isinstance(error, StopTest):
        _log.log(_log.ERROR, "locust.runners", str(error))
        _log.log(_log.WARNING, "locust.runners", "Stopping Locust...")
        if getattr(_state.options, "headless", False):
            _katydid.port().quit()
        else:
            _katydid.port().stop()
    elif not isinstance(error, (GreenletExit, StopUser)):
        _log.unhandled("locust.runners", f"Unhandled exception in user {class_name}: ", _log.CRITICAL)


def _over(user, class_name, user_id, error):
    """A user's turns are over: it was told to end, or did not catch something."""
    try:
        if isinstance(error, (StopUser, StopTest, GreenletExit)):
            if _state.exited is None:
                _katydid.leave()
                user.on_stop()
        else:
            _died(error, class_name, user_id)
    except BaseException as worse:
        _died(worse, class_name, user_id)
    _forget(user, user_id)


def _forget(user, user_id):
    """Ends what was kept for a user. Its client's idle connections too: without a last reference they would stay until
    the JVM's collector finds them, and a test whose users come and go would run out of open files."""
    _users.pop(user_id, None)
    own = getattr(user.__dict__.get("client"), "__dict__", None)
    if type(own) is dict and own.get("user") is user and "_java" in own:
        own["_java"].close()
    _katydid.forget_thread()


def _died(error, class_name, user_id):
    """As a greenlet that dies: on stderr, without an effect on the exit code; not for what ends a user in order."""
    if isinstance(error, SystemExit):
        exit_program(error)
    elif not isinstance(error, (GreenletExit, StopUser)):
        print(f"{_log.traceback_text(error)}{class_name} (user {user_id}) failed with {type(error).__name__}",
              file=sys.stderr, flush=True)


def _class(name):
    """The user class of this name: the variable's, or as a master may send it, the class's own."""
    known = _state.classes.get(name)
    if known is not None:
        return known[0]
    for cls, _ in _state.classes.values():
        if cls.__name__ == name:
            return cls
    raise KeyError(f"There is no user class named {name}")


def stop_user(user_id):
    """Asks a user to end after its task; True if it is waiting and can be woken at once."""
    user = _users.get(user_id)
    if user is None or user._state is None:
        return True
    waiting = user._state == "waiting"
    user._state = "stopping"
    return waiting


def fire(event, arguments):
    """Fires an event of the run, with its environment where the event has one."""
    hook = getattr(_events(), event)
    if event == "test_stopping":
        _state.environment.runner._note_final_users()
    if hook._handlers and _state.exited is None:
        _katydid.enter_thread()
        _fire(event, hook, plain(arguments))
    if event == "test_start":
        _take_host()


def _fire(event, hook, kwargs):
    if event in ("test_start", "test_stopping", "test_stop", "quitting", "cpu_warning", "usage_monitor"):
        kwargs["environment"] = _state.environment
    try:
        hook.fire(reverse=event == "quitting", **kwargs)
    except SystemExit as error:
        exit_program(error)
    except StopTest as error:
        _log.log(_log.ERROR, "locust.runners", str(error))
        _katydid.port().quit()
    except (Exception, GreenletExit):
        _log.unhandled("locust.event", "Uncaught exception in event handler: \n")


def _take_host():
    """The environment's host, which listeners may have changed until now, becomes that of the user classes."""
    environment = _state.environment
    if environment is not None and environment.host:
        for cls in environment.user_classes:
            cls.host = environment.host


def fire_report(event, client_id, data):
    """Fires report_to_master or worker_report; listeners may change the data, which is returned."""
    hook = getattr(_events(), event)
    if not hook._handlers or _state.exited is not None:
        return None
    _katydid.enter_thread()
    report = plain(data)
    try:
        hook.fire(client_id=client_id, data=report)
    except SystemExit as error:
        exit_program(error)
    return report


def on_message(message_type, data, node_id):
    """Gives a custom message to its listener; False if there is none."""
    _katydid.enter_thread()
    try:
        return _state.environment.runner.deliver(message_type, from_wire(plain(data)), node_id)
    except SystemExit as error:
        exit_program(error)
        return True


def reset_shape(name):
    _state.shapes[name].reset_time()


def tick(name):
    """The shape's next step, or None at its end."""
    _katydid.enter_thread()
    try:
        step = _state.shapes[name].tick()
        if step is None:
            return None
        users, rate, *classes = step
        classes = [_name(cls) for cls in classes[0]] if classes and classes[0] else None
        return [int(users), float(rate), classes]
    except SystemExit as error:
        exit_program(error)
        return None
    except Exception:
        _log.unhandled("locust.shape", "The load shape's tick() failed, the test ends: \n")
        return None


def _name(cls):
    """The name a class is counted under."""
    for name, (known, _) in _state.classes.items():
        if known is cls:
            return name
    return cls if isinstance(cls, str) else cls.__name__


def stats_settings():
    """The constants of locust.stats as the locustfile left them; None if nobody has even imported that module."""
    stats = sys.modules.get("locust.stats")
    if stats is None:
        return None
    values = {}
    for name in ("PERCENTILES_TO_REPORT", "PERCENTILES_TO_STATISTICS", "PERCENTILES_TO_CHART"):
        values[name] = _numbers(name, getattr(stats, name))
    for name in ("CONSOLE_STATS_INTERVAL_SEC", "HISTORY_STATS_INTERVAL_SEC", "CSV_STATS_INTERVAL_SEC"):
        values[name] = _numbers(name, [getattr(stats, name)])[0]
    return values


def _numbers(name, values):
    try:
        return [float(value) for value in values]
    except (TypeError, ValueError):
        kind = "a list of numbers" if name.startswith("PERCENTILES") else "a number of seconds"
        raise LoadError(f"stats.{name} must be {kind}, not {values!r}.") from None


def exit_code():
    """What sys.exit() was called with, else environment.process_exit_code."""
    if _state.exited is not None:
        return _state.exited
    return None if _state.environment is None else _state.environment.process_exit_code


def unhandled_exception():
    return _log.has_unhandled()


