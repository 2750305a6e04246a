"""What is mended in the source of a package, because it cannot be mended once it has run."""
import os
import sys
import tempfile
import unittest

# As in h11: a class that becomes its own class.
SOURCE = """
class Sentinel(type):
    def __new__(cls, name, bases, namespace, **kwds):
        assert bases == (Sentinel,)
        v = super().__new__(cls, name, bases, namespace, **kwds)
        v.__class__ = v
        return v


class CLIENT(Sentinel, metaclass=Sentinel):
    pass
"""


class RewritingTest(unittest.TestCase):
    def test_classes_that_are_their_own(self):
        with tempfile.TemporaryDirectory() as folder:
            os.mkdir(os.path.join(folder, "h11"))
            for name, source in (("__init__", ""), ("_util", SOURCE)):
                with open(os.path.join(folder, "h11", name + ".py"), "w") as file:
                    file.write(source)
            sys.path.insert(0, folder)
            try:
                from h11._util import CLIENT
            finally:
                sys.path.remove(folder)
                sys.modules.pop("h11", None)
                sys.modules.pop("h11._util", None)
        self.assertIs(CLIENT, type(CLIENT))
