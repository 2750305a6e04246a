"""A class whose users cannot be made, beside one whose can. For UnmadeUsersTest."""
from locust import User, constant, events, task


@events.spawning_complete.add_listener
def complete(user_count, **kwargs):
    print("all users are there", flush=True)


class Bad(User):
    wait_time = constant(0.1)

    def __init__(self, environment):
        raise ValueError("no configuration")

    @task
    def nothing(self):
        print("a bad user runs", flush=True)


class Good(User):
    wait_time = constant(0.1)

    @task
    def talk(self):
        print("a good user runs", flush=True)


class Rest(User):
    """One that forgets the constructor of its base."""
    wait_time = constant(0.1)

    def __init__(self, environment):
        self.mine = environment

    @task
    def nothing(self):
        print("a user without environment runs", flush=True)
