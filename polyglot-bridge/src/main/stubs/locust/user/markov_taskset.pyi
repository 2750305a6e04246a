# Written by 'katydid stubs', which overwrites it.
from collections.abc import Iterable, Mapping
from typing import Any, Callable, TypeVar

from ..exception import LocustError
from .task import TaskSet, TaskSetMeta

_F = TypeVar("_F", bound=Callable[..., Any])

class NoMarkovTasksError(LocustError):
    """The class has no method with transitions."""

class InvalidTransitionError(LocustError):
    """A transition leads to something the class does not have."""

class NonMarkovTaskTransitionError(LocustError):
    """A transition leads to a method that has none itself."""

class MarkovTaskTagError(LocustError):
    """Tags could break the chain, so they are refused."""

def is_markov_task(task: Any) -> bool:
    """Whether a member of a class has transitions."""

def transition(func_name: str, weight: int = 1) -> Callable[[_F], _F]:
    """Adds one task that may follow this one; can be stacked."""

def transitions(weights: Mapping[str, int] | Iterable[str | tuple[str, int]]) -> Callable[[_F], _F]:
    """Adds several: {name: weight}, or a list of names and (name, weight)."""

def get_markov_tasks(class_dict: Mapping[str, Any]) -> list[Any]:
    """The methods with transitions in the order of definition."""

def to_weighted_list(transitions: Mapping[str, int]) -> list[str]:
    """{name: weight} as a list in which each name stands as often as it weighs."""

def validate_has_markov_tasks(tasks: list[Any], classname: str) -> None: ...
def validate_transitions(tasks: list[Any], class_dict: Mapping[str, Any], classname: str) -> None:
    """Every transition must lead to a method that has transitions itself."""

def validate_no_unreachable_tasks(tasks: list[Any], class_dict: Mapping[str, Any], classname: str) -> None:
    """Warns of tasks the chain never comes to from the first one."""

def validate_no_tags(task: Any, classname: str) -> None: ...
def validate_task_name(decorated_func: Callable[..., Any]) -> None: ...
def validate_markov_chain(tasks: list[Any], class_dict: Mapping[str, Any], classname: str) -> None:
    """All checks of a class."""

class MarkovTaskSetMeta(TaskSetMeta): ...

class MarkovTaskSet(TaskSet, metaclass=MarkovTaskSetMeta):
    """Begins with its first method; after each, the next is drawn from that method's transitions by weight."""

    abstract: bool
    current: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
