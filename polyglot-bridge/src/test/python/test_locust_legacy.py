"""Files for Locust 0.x (python-api.md A1): what they import, subclass and listen to."""
import types
import unittest


def load(source):
    module = types.ModuleType("old")
    exec(source, module.__dict__)
    return module


class LegacyFileTest(unittest.TestCase):
    def test_routes_that_a_file_adds_to_the_modules_application_are_those_of_the_web_ui(self):
        load("""
from locust import web
@web.app.route("/content-length")
def total_content_length():
    return "Total content-length: 7"
""")
        from locust import web
        from locust.env import Environment
        from test_flask_routes import ask
        try:
            ui = web.WebUI(Environment())
            self.assertEqual(b"Total content-length: 7", ask(ui.app, "/content-length").data)
        finally:
            del web.app
        self.assertIsNot(ui.app, web.WebUI(Environment()).app)

    def test_an_old_file_gets_its_classes_waits_and_tasks(self):
        old = load("""
from locust import HttpLocust, TaskSet, task
class Behaviour(TaskSet):
    @task(2)
    def index(self):
        pass
class WebsiteUser(HttpLocust):
    task_set = Behaviour
    min_wait = 5000
    max_wait = 5000
    host = "http://127.0.0.1"
class Other(WebsiteUser):
    task_set = TaskSet
""")
        from locust import TaskSet
        from locust.env import Environment
        self.assertEqual(([old.Behaviour], [TaskSet]), (old.WebsiteUser.tasks, old.Other.tasks))
        self.assertFalse(old.WebsiteUser.abstract)
        user = old.WebsiteUser(Environment(user_classes=[old.WebsiteUser]))
        inner = old.Behaviour(user)
        self.assertEqual((5.0, user), (inner.wait_time(), inner.locust))

    def test_an_old_file_finds_the_names_of_python_2_and_of_the_old_package(self):
        old = load("""
from locust import HttpLocust, InterruptTaskSet, ResponseError
from gevent.coros import Semaphore
numbers = [unicode(number) for number in xrange(long(2))]
""")
        from locust import exception
        self.assertEqual(["0", "1"], old.numbers)
        self.assertIs(exception.InterruptTaskSet, old.InterruptTaskSet)

    def test_task_sequences_run_in_the_order_of_their_numbers(self):
        old = load("""
from locust import TaskSequence, seq_task, Locust
class Steps(TaskSequence):
    @seq_task(2)
    def second(self):
        pass
    @seq_task(1)
    def first(self):
        pass
class Any(Locust):
    task_set = Steps
""")
        from locust.env import Environment
        steps = old.Steps(old.Any(Environment(user_classes=[old.Any])))
        self.assertEqual(["first", "second", "first"], [steps.get_next_task().__name__ for _ in range(3)])

    def test_old_events_are_today_s(self):
        old = load("""
from locust import HttpLocust, events
seen = []
def success(request_type, name, response_time, response_length):
    seen.append(("ok", name))
def failure(request_type, name, response_time, exception, **kwargs):
    seen.append(("bad", str(exception)))
events.request_success += success
events.request_failure += failure
""")
        from locust import events
        events.request_success.fire(request_type="t", name="a", response_time=1, response_length=2)
        events.request_failure.fire(request_type="t", name="a", response_time=1, exception=ValueError("x"))
        events.request.fire(request_type="t", name="b", response_time=1, response_length=2, exception=None, context={})
        self.assertEqual([("ok", "a"), ("bad", "x"), ("ok", "b")], old.seen)
        events.request_success -= old.success
        events.request_failure -= old.failure
        events.request.fire(request_type="t", name="c", response_time=1, response_length=2, exception=None, context={})
        self.assertEqual(3, len(old.seen))

    def test_events_of_ones_own_are_made_as_when_events_was_a_module(self):
        from locust.event import EventHook, Events
        self.assertIsInstance(Events().EventHook(), EventHook)
        self.assertRaises(AttributeError, lambda: Events().request_success_of_nobody)

    def test_setup_is_called_once_a_class_and_teardown_when_the_run_quits(self):
        old = load("""
from locust import HttpLocust, TaskSet
calls = []
class Behaviour(TaskSet):
    def setup(self):
        calls.append("set's setup")
    def teardown(self):
        calls.append("set's teardown")
class WebsiteUser(HttpLocust):
    task_set = Behaviour
    host = "http://127.0.0.1"
    def setup(self):
        calls.append("setup for " + self.client.base_url)
    def teardown(self):
        calls.append("teardown")
""")
        from locust import HttpUser, TaskSet, events
        from locust.env import Environment
        environment = Environment(user_classes=[old.WebsiteUser])
        kept = list(events.quitting._handlers)
        for _ in range(2):
            old.Behaviour(old.WebsiteUser(environment))
        self.assertEqual(["setup for http://127.0.0.1", "set's setup"], old.calls)
        events.quitting.fire(environment=environment)
        events.quitting._handlers[:] = kept
        self.assertEqual({"teardown", "set's teardown"}, set(old.calls[2:]))

        class Modern(HttpUser):
            host = "http://127.0.0.1"

        class ModernSet(TaskSet):
            def setup(self):
                raise AssertionError("only 0.x called this")
        ModernSet(Modern(environment))

    def test_old_module_names(self):
        old = load("""
import locust.events
from locust.core import HttpLocust, TaskSet, task
from locust.events import request_success
from locust.contrib.fasthttp import FastHttpLocust
from locust.exception import StopLocust
class Fast(FastHttpLocust):
    host = "http://127.0.0.1"
    task_set = TaskSet
""")
        import locust
        self.assertIs(old.locust.events, locust.events)
        self.assertIs(old.request_success, locust.events.request_success)
        self.assertEqual("Events", type(locust.events).__name__)
        self.assertEqual([old.TaskSet], old.Fast.tasks)
