"""Users of MQTT brokers; needs the package paho-mqtt, version 2 (python-api.md A12)."""
import time
import typing
import uuid

import paho.mqtt.client as mqtt

from locust import User

SUBACK_FAILURE = 0x80
REQUEST_TYPE = "MQTT"


class PublishedMessageContext(typing.NamedTuple):
    """A message that the broker has not confirmed yet."""

    qos: int
    topic: str
    start_time: float
    payload_size: int


class MqttClient(mqtt.Client):
    """paho's client; connecting, disconnecting, publishing and subscribing are reported when the broker answers."""

    def __init__(self, *args, environment, client_id=None, protocol=mqtt.MQTTv311, use_loop_selectors=False, **kwargs):
        if client_id is None:
            client_id = "locust-" + uuid.uuid4().hex[:12]
        super().__init__(mqtt.CallbackAPIVersion.VERSION2, *args, client_id=client_id, protocol=protocol, **kwargs)
        self.environment = environment
        self.on_connect = self._when_connected
        self.on_disconnect = self._when_disconnected
        self.on_publish = self._when_published
        self.on_subscribe = self._when_subscribed
        self._publish_requests = {}
        self._confirmed = set()
        self._subscribe_requests = {}

    def _generate_event_name(self, event_type, qos, topic):
        """The name a publish or subscribe is reported under; subclasses may choose another."""
        return f"{event_type}:{qos}:{topic}"

    def _report(self, name, start_time, length, problem):
        now = time.time()
        self.environment.events.request.fire(
            request_type=REQUEST_TYPE, name=name, start_time=start_time or now,
            response_time=(now - start_time) * 1000 if start_time else 0, response_length=length,
            exception=RuntimeError(problem) if problem else None, context={"client_id": self._client_id})

    def _when_connected(self, client, userdata, flags, reason_code, properties):
        problem = f"The broker refused the connection: {reason_code}" if reason_code.is_failure else None
        self._report("connect", None, 0, problem)

    def _when_disconnected(self, client, userdata, flags, reason_code, properties):
        problem = f"The connection ended: {reason_code}" if reason_code.is_failure else None
        self._report("disconnect", None, 0, problem)

    def _when_published(self, client, userdata, mid, reason_code, properties):
        request = self._publish_requests.pop(mid, None)
        if request is None:
            # The answer was faster than publish() could return, which reports it then.
            self._confirmed.add(mid)
            return
        self._report(self._generate_event_name("publish", request.qos, request.topic), request.start_time,
                     request.payload_size, None)

    def _when_subscribed(self, client, userdata, mid, reason_codes, properties):
        found = self._subscribe_requests.pop(mid, None)
        if found is None:
            self._report("subscribe", None, 0, f"The broker confirmed a subscription that is not known: {mid}")
            return
        start_time, topics = found
        for (topic, qos), code in zip(topics, reason_codes):
            problem = f"The broker refused the subscription: {code}" if code.value >= SUBACK_FAILURE else None
            self._report(self._generate_event_name("subscribe", qos, topic), start_time, 0, problem)

    def publish(self, topic, payload=None, qos=0, retain=False, properties=None):
        request = PublishedMessageContext(qos, topic, time.time(), len(payload) if payload else 0)
        info = super().publish(topic, payload=payload, qos=qos, retain=retain, properties=properties)
        if info.rc != mqtt.MQTT_ERR_SUCCESS:
            self._report(self._generate_event_name("publish", qos, topic), request.start_time, request.payload_size,
                         str(info.rc))
            return info
        self._publish_requests[info.mid] = request
        if info.mid in self._confirmed:
            self._confirmed.discard(info.mid)
            self._when_published(self, None, info.mid, None, None)
        return info

    def subscribe(self, topic, qos=0, options=None, properties=None):
        start_time = time.time()
        result, mid = super().subscribe(topic, qos, options, properties)
        topics = _topics(topic, qos, options)
        if result != mqtt.MQTT_ERR_SUCCESS:
            for name, level in topics:
                self._report(self._generate_event_name("subscribe", level, name), start_time, 0, str(result))
        else:
            self._subscribe_requests[mid] = start_time, topics
        return result, mid


def _topics(topic, qos, options):
    """[(topic, quality of service)] of subscribe's first argument."""
    if isinstance(topic, list):
        return [(name, getattr(level, "QoS", level)) for name, level in topic]
    if isinstance(topic, tuple):
        return [(topic[0], getattr(topic[1], "QoS", topic[1]))]
    return [(topic, getattr(options, "QoS", qos))]


class MqttUser(User):
    """Connects when it is created; `client` is made of client_cls."""

    abstract = True
    host = "localhost"
    port = 1883
    transport = "tcp"
    ws_path = "/mqtt"
    tls_context = None
    client_cls = MqttClient
    client_id = None
    username = None
    password = None
    protocol = mqtt.MQTTv311
    use_loop_selectors = False

    def __init__(self, environment):
        super().__init__(environment)
        self.client = self.client_cls(
            environment=environment, client_id=self.client_id, transport=self.transport, protocol=self.protocol,
            use_loop_selectors=self.use_loop_selectors)
        if self.tls_context:
            self.client.tls_set_context(self.tls_context)
        if self.transport == "websockets" and self.ws_path:
            self.client.ws_set_options(path=self.ws_path)
        if self.username and self.password:
            self.client.username_pw_set(username=self.username, password=self.password)
        self.client.connect_async(host=self.host, port=self.port)
        self.client.loop_start()
