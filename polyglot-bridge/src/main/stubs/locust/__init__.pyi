# Written by 'katydid stubs', which overwrites it.
from . import (
    argument_parser as argument_parser, clients as clients, contrib as contrib, core as core, debug as debug,
    dispatch as dispatch, env as env, event as event, exception as exception, html as html, log as log, main as main,
    rpc as rpc, runners as runners, shape as shape, stats as stats, user as user, util as util, wait_time as wait_time,
    web as web)
from .contrib.fasthttp import FastHttpUser as FastHttpUser
from .core import HttpLocust as HttpLocust, Locust as Locust, TaskSequence as TaskSequence, seq_task as seq_task
from .debug import run_single_user as run_single_user
from .event import Events
from .exception import (
    InterruptTaskSet as InterruptTaskSet, RescheduleTask as RescheduleTask,
    RescheduleTaskImmediately as RescheduleTaskImmediately, ResponseError as ResponseError)
from .shape import LoadTestShape as LoadTestShape
from .user.markov_taskset import (
    MarkovTaskSet as MarkovTaskSet, transition as transition, transitions as transitions)
from .user.sequential_taskset import SequentialTaskSet as SequentialTaskSet
from .user.task import TaskSet as TaskSet, tag as tag, task as task
from .user.users import HttpUser as HttpUser, User as User
from .user.wait_time import (
    between as between, constant as constant, constant_pacing as constant_pacing,
    constant_throughput as constant_throughput, poisson as poisson)

__version__: str
version_tuple: tuple[int, int, int]
events: Events
"""The events of a run from the command line. Listen with `@events.test_start.add_listener`."""

__all__ = [
    "FastHttpUser", "HttpLocust", "HttpUser", "LoadTestShape", "Locust", "MarkovTaskSet", "SequentialTaskSet",
    "TaskSet", "User", "__version__", "between", "constant", "constant_pacing", "constant_throughput", "events",
    "poisson", "run_single_user", "tag", "task", "transition", "transitions", "wait_time"]
