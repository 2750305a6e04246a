"""Task sets whose next task depends on the last one (python-api.md A3)."""
import random

import _katydid_log as _log

from ..exception import LocustError
from .task import TaskSet, TaskSetMeta


class NoMarkovTasksError(LocustError):
    """The class has no method with transitions."""


class InvalidTransitionError(LocustError):
    """A transition leads to something the class does not have."""


class NonMarkovTaskTransitionError(LocustError):
    """A transition leads to a method that has none itself."""


class MarkovTaskTagError(LocustError):
    """Tags could break the chain, so they are refused."""


def is_markov_task(task):
    """Whether a member of a class has transitions."""
    return hasattr(task, "transitions")


def transition(func_name, weight=1):
    """Adds one task that may follow this one; can be stacked."""
    return transitions({func_name: weight})


def transitions(weights):
    """Adds several: {name: weight}, or a list of names and (name, weight)."""

    def mark(function):
        validate_task_name(function)
        if not hasattr(function, "transitions"):
            function.transitions = {}
        for one in (weights.items() if isinstance(weights, dict) else weights):
            name, weight = one if isinstance(one, tuple) else (one, 1)
            function.transitions[name] = weight
        return function

    return mark


def get_markov_tasks(class_dict):
    """The methods with transitions in the order of definition."""
    return [member for member in class_dict.values() if is_markov_task(member)]


def to_weighted_list(transitions):
    """{name: weight} as a list in which each name stands as often as it weighs."""
    return [name for name, weight in transitions.items() for _ in range(weight)]


def validate_has_markov_tasks(tasks, classname):
    if not tasks:
        raise NoMarkovTasksError(
            f"No Markov tasks defined in class {classname}. Use the @transition(s) decorators to define some.")


def validate_transitions(tasks, class_dict, classname):
    """Every transition must lead to a method that has transitions itself."""
    for one in tasks:
        for target in one.transitions:
            if target not in class_dict:
                raise InvalidTransitionError(f"Transition to {target} from {one.__name__} is invalid since no such "
                                             f"element exists on class {classname}")
            if not is_markov_task(class_dict[target]):
                raise NonMarkovTaskTransitionError(
                    f"{classname}.{target} cannot be used as a target for a transition since it does not define any "
                    f"transitions of its own.Used as a transition from {one.__name__}.")


def validate_no_unreachable_tasks(tasks, class_dict, classname):
    """Warns of tasks the chain never comes to from the first one."""
    reached, todo = set(), [tasks[0].__name__]
    while todo:
        name = todo.pop()
        if name not in reached:
            reached.add(name)
            transitions = class_dict[name].transitions
            todo.extend(target for target in transitions if transitions[target])
    lost = {one.__name__ for one in tasks} - reached
    if lost:
        _log.log(_log.WARNING, "root", f"The following markov tasks are unreachable in class {classname}: {lost}")


def validate_no_tags(task, classname):
    if "locust_tag_set" in dir(task):
        raise MarkovTaskTagError(
            "Tags are unsupported for MarkovTaskSet since they can make the markov chain invalid. "
            f"Tags detected on {classname}.{task.__name__}: {task.locust_tag_set}")


def validate_task_name(decorated_func):
    if decorated_func.__name__ == "run":
        raise Exception("TaskSet.run() is a method used internally by Locust, and you must not override it or annotate "
                        "it with transitions")


def validate_markov_chain(tasks, class_dict, classname):
    """All checks of a class."""
    validate_has_markov_tasks(tasks, classname)
    validate_transitions(tasks, class_dict, classname)
    validate_no_unreachable_tasks(tasks, class_dict, classname)
    for one in tasks:
        validate_no_tags(one, classname)


class MarkovTaskSetMeta(TaskSetMeta):
    """Checks the chain when a class is made, then stores each method's transitions as a weighted list."""

    def __new__(mcs, classname, bases, class_dict):
        if not class_dict.get("abstract"):
            class_dict["abstract"] = False
            tasks = get_markov_tasks(class_dict)
            validate_markov_chain(tasks, class_dict, classname)
            class_dict["current"] = tasks[0]
            for one in tasks:
                one.transitions = to_weighted_list(one.transitions)
        return type.__new__(mcs, classname, bases, class_dict)


class MarkovTaskSet(TaskSet, metaclass=MarkovTaskSetMeta):
    """Begins with its first method; after each, the next is drawn from that method's transitions by weight."""

    abstract = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        first = getattr(self, "current", None)
        self.current = None if first is None else getattr(self, first.__name__)

    def get_next_task(self):
        task = self.current
        self.current = getattr(self, random.choice(task.transitions))
        return task
