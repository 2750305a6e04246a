"""The locustfile of both masters: the simulated worker does not read it."""
from locust import User, constant


class Visitor(User):
    wait_time = constant(1)
