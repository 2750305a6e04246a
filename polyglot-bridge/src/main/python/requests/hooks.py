"""Functions called with each response."""
HOOKS = ["response"]


def default_hooks():
    return {event: [] for event in HOOKS}


def dispatch_hook(key, hooks, hook_data, **kwargs):
    """Calls the hooks of an event; what one returns (other than None) replaces the data for the next."""
    functions = (hooks or {}).get(key)
    if functions:
        if callable(functions):
            functions = [functions]
        for function in functions:
            result = function(hook_data, **kwargs)
            if result is not None:
                hook_data = result
    return hook_data
