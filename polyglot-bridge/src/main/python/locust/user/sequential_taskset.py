"""Task sets that run their tasks in the order of definition (python-api.md A3)."""
from ..exception import LocustError
from .task import TaskSet, TaskSetMeta


def _in_order(bases, class_dict):
    found = []
    for base in bases:
        found.extend(getattr(base, "tasks", None) or ())
    for name, member in class_dict.items():
        if name == "tasks":
            if isinstance(member, list):
                found.extend(member)
            elif isinstance(member, dict):
                for one, weight in member.items():
                    found.extend([one] * weight)
            elif member is not None:
                raise ValueError("The 'tasks' attribute can only be set to list or dict")
        elif hasattr(member, "locust_task_weight"):
            found.extend([member] * member.locust_task_weight)
    return found


class SequentialTaskSetMeta(TaskSetMeta):
    def __new__(mcs, classname, bases, class_dict):
        class_dict["tasks"] = _in_order(bases, class_dict)
        return type.__new__(mcs, classname, bases, class_dict)


class SequentialTaskSet(TaskSet, metaclass=SequentialTaskSetMeta):
    """Runs its tasks one after the other, again and again; a task of weight n runs n times in a row."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._position = 0

    def get_next_task(self):
        if not self.tasks:
            raise LocustError(
                "No tasks defined. Use the @task decorator or set the 'tasks' attribute of the SequentialTaskSet")
        task = self.tasks[self._position % len(self.tasks)]
        self._position += 1
        return task
