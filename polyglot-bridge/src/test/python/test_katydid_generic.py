"""Generic classes, also such that make their instances themselves."""
import pickle
import typing
import unittest
from dataclasses import dataclass
from typing import Generic, NamedTuple, Protocol, TypeVar

T = TypeVar("T")


class Box(Generic[T]):
    def __new__(cls, *args):
        box = super().__new__(cls)
        box.content = args
        return box

    def __getnewargs__(self):
        return self.content


class Small(Box[int]):
    pass


@dataclass
class Pair(Generic[T]):
    one: T
    other: T


class Named(NamedTuple, Generic[T]):
    value: T


class Closes(Protocol[T]):
    def close(self) -> T: ...


class GenericTest(unittest.TestCase):
    def test_a_class_that_makes_its_instances(self):
        for cls in Box, Box[int], Small:
            self.assertEqual((1, 2), cls(1, 2).content)
        self.assertIs(Small, type(Small(1)))
        self.assertEqual((1,), pickle.loads(pickle.dumps(Small(1))).content)

    def test_what_a_generic_class_says_of_itself(self):
        self.assertEqual((T,), Box.__parameters__)
        self.assertEqual((int,), Box[int].__args__)
        self.assertIs(Box, typing.get_origin(Box[int]))
        self.assertEqual((Box[int],), Small.__orig_bases__)
        self.assertLess(Box.__mro__.index(Box), Box.__mro__.index(Generic))
        self.assertEqual("typing.Generic", f"{Generic.__module__}.{Generic.__qualname__}")
        with self.assertRaises(TypeError):
            Box[int, str]
        with self.assertRaises(TypeError):
            class Wrong(Generic):
                pass

    def test_others(self):
        self.assertEqual(Pair(1, 2), Pair[int](1, 2))
        self.assertEqual(3, Named(3).value)
        self.assertTrue(issubclass(Closes, Protocol))

    def test_type_parameters(self):
        names = {}
        exec("class Shelf[T]: pass\ndef same[T](x: T) -> T: return x", names)
        shelf = names["Shelf"]
        self.assertIs(shelf, type(shelf[int]()))
        self.assertEqual("T", shelf.__type_params__[0].__name__)
        self.assertIn(Generic, shelf.__mro__)
        self.assertEqual(5, names["same"](5))
