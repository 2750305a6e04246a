"""As Planning.java, by Locust's own dispatcher. Run with Locust's Python: planning.py USERS WORKERS"""
import statistics
import sys
import time

from locust import User
from locust.dispatch import UsersDispatcher
from locust.runners import WorkerNode

ROUNDS = 5


class A(User):
    weight = 3


class B(User):
    weight = 2


class C(User):
    weight = 1


def main():
    users, workers = int(sys.argv[1]), int(sys.argv[2])
    millis = []
    for _ in range(ROUNDS):
        dispatcher = UsersDispatcher([WorkerNode("host%d_%d" % (i % 100, i)) for i in range(1, workers)], [A, B, C])
        dispatcher.new_dispatch(users, users)
        for _ in dispatcher:
            pass
        begun = time.perf_counter()
        dispatcher.add_worker(WorkerNode("host0_0"))
        dispatcher.new_dispatch(users, users)
        placement = next(dispatcher)
        millis.append((time.perf_counter() - begun) * 1000)
        assert sum(sum(counts.values()) for counts in placement.values()) == users
    print("%.2f %.2f" % (millis[0], statistics.median(millis)))


if __name__ == "__main__":
    main()
