"""How often each task is chosen (cli.md section 5, --show-task-ratio)."""


def print_task_ratio(user_classes, num_users, total):
    """Prints one line for each class and task, nested ones further in."""
    _print(get_ratio(user_classes, _users(user_classes, num_users), total), 0)


def print_task_ratio_json(user_classes, num_users):
    """Prints both views as JSON."""
    import json
    users = _users(user_classes, num_users)
    print(json.dumps({"per_class": get_ratio(user_classes, users, False),
                      "total": get_ratio(user_classes, users, True)}, indent=4))


def get_ratio(user_classes, user_spawned, total):
    """{class name: {"ratio", "tasks"}}; `user_spawned` says how many users each class has. With `total` a task's ratio
    is its share of the whole test, otherwise of its class."""
    everyone = sum(user_spawned.values()) or 1
    ratios = {}
    for cls in user_classes:
        share = user_spawned.get(cls.__name__, 0) / everyone
        ratios[cls.__name__] = {"ratio": share, "tasks": _get_task_ratio(cls.tasks, total, share)}
    return ratios


def _get_task_ratio(tasks, total, parent):
    counts = {}
    for one in tasks:
        counts[one] = counts.get(one, 0) + 1
    ratios = {}
    for one, count in counts.items():
        ratio = count / len(tasks) * (parent if total else 1.0)
        ratios[one.__name__] = {"ratio": ratio}
        if getattr(one, "tasks", None):
            ratios[one.__name__]["tasks"] = _get_task_ratio(one.tasks, total, ratio)
    return ratios


def _users(user_classes, num_users):
    fixed = {cls.__name__: cls.fixed_count for cls in user_classes if cls.fixed_count}
    weighted = [cls for cls in user_classes if not cls.fixed_count]
    weights = sum(cls.weight for cls in weighted)
    if not num_users:
        num_users = sum(fixed.values()) + (weights or 1)
    left = max(0, num_users - sum(fixed.values()))
    users = dict(fixed)
    for cls in weighted:
        users[cls.__name__] = left * cls.weight / weights if weights else 0
    return users


def _print(ratios, level):
    for name, entry in ratios.items():
        indent = "  " * level
        print(" %-10s %-50s" % (indent + "%-6.1f" % (entry["ratio"] * 100), indent + name))
        if "tasks" in entry:
            _print(entry["tasks"], level + 1)


def __getattr__(name):
    from .._other_names import of_module
    return of_module(__name__, name)
