"""Users of further protocols, on stand-ins for the client packages."""
import importlib
import sys
import types
import unittest

from locust import events
from locust.env import Environment


def package(name, **members):
    module = types.ModuleType(name)
    module.__dict__.update(members)
    return module


class ContribCase(unittest.TestCase):
    def setUp(self):
        self.seen = []
        self.added = []
        events.request.add_listener(self.listen)

    def tearDown(self):
        events.request.remove_listener(self.listen)
        for name in self.added:
            sys.modules.pop(name, None)

    def listen(self, request_type, name, exception=None, **kwargs):
        self.seen.append((request_type, name, exception and str(exception)))

    def load(self, module, **packages):
        for name, value in packages.items():
            name = name.replace("__", ".")
            sys.modules[name] = value
            self.added.append(name)
        self.added.append(module)
        return importlib.import_module(module)


class PostgresTest(ContribCase):
    def test_a_statement_is_reported_by_its_outcome_and_its_error_is_not_raised(self):
        class Connection:
            def cursor(self):
                return self

            def execute(self, query):
                if query == "bad":
                    raise ValueError("syntax")

        psycopg = package("psycopg", connect=lambda text: Connection())
        client = self.load("locust.contrib.postgres", psycopg=psycopg).PostgresClient("dbname=x")
        client.execute_query("select 1")
        client.execute_query("bad")
        self.assertEqual([("postgres_success", "execute_query", None), ("postgres_failure", "execute_query", "syntax")],
                         self.seen)


class SocketIOTest(ContribCase):
    def test_a_call_is_reported_once_and_its_error_is_raised(self):
        class Client:
            def emit(self, event, data=None, namespace=None, callback=None):
                if event == "bad":
                    raise ConnectionError("not connected")

            def call(self, event, data=None):
                self.emit(event, data=data)
                return "answer"

        module = self.load("locust.contrib.socketio", socketio=package("socketio", Client=Client))
        client = module.SocketIOClient(events.request)
        self.assertEqual("answer", client.call("ask", "data"))
        client.emit("tell", "x")
        client.send("text", name="chat")
        with self.assertRaises(ConnectionError):
            client.emit("bad")
        client.on_message("news", "abc")
        self.assertEqual([("WSC", "ask", None), ("WSE", "tell", None), ("WSS", "chat", None),
                          ("WSE", "bad", "not connected"), ("WSR", "news", None)], self.seen)


class QdrantTest(ContribCase):
    def test_what_goes_wrong_is_reported_and_returned(self):
        class QdrantClient:
            def __init__(self, **kwargs):
                self.made = kwargs

            def upsert(self, collection_name, points):
                raise ValueError("no points")

            def delete(self, collection_name, points_selector):
                return "deleted"

        qdrant = package("qdrant_client", QdrantClient=QdrantClient)
        module = self.load("locust.contrib.qdrant", qdrant_client=qdrant)

        class Searcher(module.QdrantUser):
            collection_name = "c"

        user = Searcher(Environment())
        self.assertFalse(user.upsert([])["success"])
        self.assertEqual("deleted", user.delete([1])["result"])
        self.assertEqual([("qdrant", "upsert", "no points"), ("qdrant", "delete", None)], self.seen)


class MqttTest(ContribCase):
    def test_a_message_is_reported_when_it_is_confirmed_even_before_publish_returns(self):
        class Client:
            def __init__(self, *args, client_id=None, protocol=None):
                self._client_id = client_id
                self.early = False

            def publish(self, topic, payload=None, qos=0, retain=False, properties=None):
                if self.early:
                    self.on_publish(self, None, 7, None, None)
                return types.SimpleNamespace(rc=0, mid=7)

        paho_client = package("paho.mqtt.client", Client=Client, MQTTv311=4, MQTT_ERR_SUCCESS=0,
                              CallbackAPIVersion=types.SimpleNamespace(VERSION2=2))
        paho_mqtt = package("paho.mqtt", client=paho_client)
        module = self.load("locust.contrib.mqtt", paho=package("paho", mqtt=paho_mqtt), paho__mqtt=paho_mqtt,
                           paho__mqtt__client=paho_client)
        client = module.MqttClient(environment=Environment(events=events))
        client.publish("a/b", b"123", qos=1)
        self.assertEqual([], self.seen)
        client.on_publish(client, None, 7, None, None)
        client.early = True
        client.publish("c", b"", qos=0)
        self.assertEqual([("MQTT", "publish:1:a/b", None), ("MQTT", "publish:0:c", None)], self.seen)
