"""The old place of urllib3: `requests.packages.urllib3.disable_warnings()`."""
import sys

import urllib3
import urllib3.exceptions

sys.modules[__name__ + ".urllib3"] = urllib3
for _name in ("exceptions", "util", "util.retry", "util.timeout", "util.ssl_", "connectionpool", "poolmanager",
              "response"):
    _full = "urllib3." + _name
    if _full in sys.modules:
        sys.modules[__name__ + "." + _full] = sys.modules[_full]
