"""Locust used as a library: the runners and the web UI that a program creates itself (`katydid python FILE`)."""
import _katydid

_ONLY_IN_PROGRAMS = ("{} cannot be created in a locustfile: its run has one already (environment.runner). A file that "
                     "starts its own test is run with: katydid python FILE")


def _library(what):
    library = _katydid.library()
    if library is None:
        raise RuntimeError(_ONLY_IN_PROGRAMS.format(what))
    return library


def answered(answer, problem=RuntimeError):
    """The value of Java's answer; what it refuses is raised."""
    if answer.refusal() is not None:
        raise problem(answer.refusal())
    return answer.value()


def new_runner(kind, environment, address=None, port=0):
    """Java's side of a new runner of this kind, for this environment (class ScriptPort)."""
    library = _library("A runner")
    from . import _runtime
    environment._filter_tasks_by_tags()
    _runtime.adopt(environment)
    return answered(_katydid.blocking(
        library.create, kind, environment.stats._java, environment.host, _files(environment),
        bool(environment.reset_stats), address, int(port)))


def _files(environment):
    """What a master hands out: the locustfile of the options, or the program itself."""
    import sys
    named = environment.locustfile or getattr(environment.parsed_options, "locustfile", None)
    main = getattr(sys.modules.get("__main__"), "__file__", None)
    return [file for file in (named or main or "").split(",") if file]


def start_web(ui):
    """Serves the web UI; the port."""
    words = ["--web-host", ui.host or "", "--web-port", str(ui.port), "--web-base-path", ui.web_base_path]
    for option, value in (("--tls-cert", ui.tls_cert), ("--tls-key", ui.tls_key), ("--build-path", ui.build_path)):
        if value:
            words += [option, str(value)]
    for option, value in (("--web-login", ui.web_login), ("--class-picker", ui.userclass_picker_is_active)):
        if value:
            words.append(option)
    return answered(_katydid.blocking(_library("A web UI").startWeb, words))


def stop_web():
    answered(_katydid.blocking(_library("A web UI").stopWeb))
