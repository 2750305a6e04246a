"""GET with the Python work typical of a locustfile around it."""
import json
import random
import re

from locust import HttpUser, constant, task

WORDS = ["alpha", "beta", "gamma", "delta"]
NAME = re.compile(r'"name": "(\w+)"')


class WorkUser(HttpUser):
    wait_time = constant(0)

    @task
    def read(self):
        item = random.randint(1, 10_000)
        payload = {"item": item, "word": random.choice(WORDS), "tags": [f"tag-{n}" for n in range(5)]}
        text = json.dumps(payload)
        response = self.client.get(f"/items/{item}?q={len(text)}", name="/items/[id]")
        answer = response.json()
        match = NAME.search(response.text)
        if match is None or answer["name"] != match.group(1):
            raise ValueError("wrong answer")
