"""Names of Locust before 1.0; see module `_legacy`."""


def check_for_deprecated_task_set_attribute(class_dict):
    """Warns where a class still uses `task_set`."""
    task_set = class_dict.get("task_set")
    if task_set is not None and hasattr(task_set, "tasks"):
        import warnings
        warnings.warn("Usage of User.task_set is deprecated since version 1.0. Set the tasks attribute instead "
                      f"(tasks = [{task_set.__name__}])", DeprecationWarning, stacklevel=3)
