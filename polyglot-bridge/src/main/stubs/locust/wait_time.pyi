# Written by 'katydid stubs', which overwrites it.
from .user.wait_time import (
    between as between, constant as constant, constant_pacing as constant_pacing,
    constant_throughput as constant_throughput, poisson as poisson)

__all__ = ["between", "constant", "constant_pacing", "constant_throughput", "poisson"]
