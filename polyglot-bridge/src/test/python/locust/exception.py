class LocustError(Exception):
    pass


class ResponseError(Exception):
    pass


class CatchResponseError(Exception):
    pass


class RescheduleTask(Exception):
    pass


class StopTest(Exception):
    pass
