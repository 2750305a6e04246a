"""The locustfile of the masters: the simulated workers do not read it."""
from locust import User, constant


class A(User):
    wait_time = constant(1)


class B(User):
    wait_time = constant(1)
