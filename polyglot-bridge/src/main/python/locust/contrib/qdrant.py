"""Users of Qdrant; needs the package qdrant-client (python-api.md A12)."""
import time

from qdrant_client import QdrantClient

from locust import User, events


def timed(action):
    """{"success", "response_time" in ms, "result" or "exception"} of a call."""
    begun = time.perf_counter()
    try:
        result = action()
        return {"success": True, "response_time": (time.perf_counter() - begun) * 1000, "result": result}
    except Exception as error:
        return {"success": False, "response_time": (time.perf_counter() - begun) * 1000, "exception": error}


class QdrantLocustClient:
    """One collection; each method returns how it went and how long it took."""

    def __init__(self, url, collection_name, api_key=None, timeout=60, **kwargs):
        self.collection_name = collection_name
        self.client = QdrantClient(url=url, api_key=api_key, timeout=timeout, **kwargs)

    def close(self):
        self.client.close()

    def create_collection(self, vectors_config, **kwargs):
        """Creates the collection unless it is there."""
        if not self.client.collection_exists(collection_name=self.collection_name):
            self.client.create_collection(
                collection_name=self.collection_name, vectors_config=vectors_config, **kwargs)

    def upsert(self, points):
        return timed(lambda: self.client.upsert(collection_name=self.collection_name, points=points))

    def search(self, query, limit=10, query_filter=None, search_params=None, with_payload=True):
        outcome = timed(lambda: self.client.query_points(
            collection_name=self.collection_name, query=query, limit=limit, query_filter=query_filter,
            search_params=search_params, with_payload=with_payload))
        return _judged(outcome, lambda result: not result.points)

    def scroll(self, scroll_filter=None, limit=10, with_payload=True):
        outcome = timed(lambda: self.client.scroll(
            collection_name=self.collection_name, scroll_filter=scroll_filter, limit=limit, with_payload=with_payload))
        return _judged(outcome, lambda result: not result[0])

    def delete(self, points_selector):
        return timed(lambda: self.client.delete(
            collection_name=self.collection_name, points_selector=points_selector))


def _judged(outcome, is_empty):
    """A search that finds nothing counts as a failure."""
    if outcome["success"]:
        outcome["empty"] = is_empty(outcome["result"])
        outcome["success"] = not outcome["empty"]
    return outcome


class QdrantUser(User):
    """Set the class attributes; every call is reported to `locust.events` as type `qdrant`."""

    abstract = True
    url = "http://localhost:6333"
    api_key = None
    collection_name = None
    timeout = 60
    vectors_config = None
    client_kwargs = None
    collection_kwargs = None

    def __init__(self, environment):
        super().__init__(environment)
        if not self.collection_name:
            raise ValueError("'collection_name' must be provided for QdrantUser")
        self.client_type = "qdrant"
        self.client = QdrantLocustClient(
            self.url, self.collection_name, api_key=self.api_key, timeout=self.timeout, **(self.client_kwargs or {}))
        if self.vectors_config is not None:
            self.client.create_collection(self.vectors_config, **(self.collection_kwargs or {}))

    def _report(self, name, outcome):
        events.request.fire(
            request_type=self.client_type, name=name, response_time=outcome["response_time"], response_length=0,
            exception=outcome.get("exception"), context={})
        return outcome

    def upsert(self, points):
        return self._report("upsert", self.client.upsert(points))

    def search(self, query, limit=10, query_filter=None, search_params=None, with_payload=True):
        return self._report("search", self.client.search(query, limit, query_filter, search_params, with_payload))

    def scroll(self, scroll_filter=None, limit=10, with_payload=True):
        return self._report("scroll", self.client.scroll(scroll_filter, limit, with_payload))

    def delete(self, points_selector):
        return self._report("delete", self.client.delete(points_selector))

    def on_stop(self):
        self.client.close()
