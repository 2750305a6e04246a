# Written by 'katydid stubs', which overwrites it.
from .task import TaskSet as TaskSet, tag as tag, task as task
from .users import HttpUser as HttpUser, User as User

__all__ = ["HttpUser", "TaskSet", "User", "tag", "task"]
