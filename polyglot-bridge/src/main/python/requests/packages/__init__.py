"""The old place of urllib3: `requests.packages.urllib3.disable_warnings()`."""
import importlib
import sys
from importlib.machinery import ModuleSpec

import urllib3
import urllib3.exceptions

_PREFIX = __name__ + ".urllib3"


class _SameModule:
    """Finds `requests.packages.urllib3.util.ssl_` where it is: two of a module would not know of each other's changes."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        return ModuleSpec(name, _SameModule) if name.startswith(_PREFIX + ".") else None

    @staticmethod
    def create_module(spec):
        module = importlib.import_module(spec.name[len(__name__) + 1:])
        spec.loader_state = module.__spec__
        return module

    @staticmethod
    def exec_module(module):
        module.__spec__ = module.__spec__.loader_state


sys.modules[_PREFIX] = urllib3
sys.modules[_PREFIX + ".exceptions"] = urllib3.exceptions
sys.meta_path.insert(0, _SameModule)
