"""Nothing to patch: under Katydid the standard library already lets other users run wherever it blocks.

The functions accept what gevent's accept and say that everything is patched.
"""

_MODULES = ("builtins", "os", "queue", "select", "signal", "socket", "ssl", "subprocess", "sys", "thread", "threading", "time")


def patch_all(*args, **kwargs):
    return True


def _nothing(*args, **kwargs):
    return None


patch_builtins = patch_dns = patch_os = patch_queue = patch_select = patch_signal = patch_socket = patch_ssl = _nothing
patch_subprocess = patch_sys = patch_thread = patch_time = patch_contextvars = patch_module = patch_item = _nothing


def is_module_patched(mod_name):
    return mod_name in _MODULES


def is_object_patched(mod_name, item_name):
    return mod_name in _MODULES


def is_anything_patched():
    return True


def get_original(mod_name, item_name):
    """The object of the standard library; a list of names gives a list."""
    import importlib

    module = importlib.import_module(mod_name)
    if isinstance(item_name, str):
        return getattr(module, item_name)
    return [getattr(module, name) for name in item_name]
