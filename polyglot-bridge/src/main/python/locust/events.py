"""`import locust.events` of Locust 0.x: the module is the object `locust.events` itself."""
import sys

from . import _legacy
from . import events as _events

_legacy.turn_on()
sys.modules[__name__] = _events
