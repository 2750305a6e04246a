"""contextvars. The same tests pass on CPython: `python -m unittest test_contextvars`."""
import contextvars
import threading
import unittest


class VariableTest(unittest.TestCase):
    def test_values_and_defaults(self):
        plain, with_default = contextvars.ContextVar("plain"), contextvars.ContextVar("other", default=3)
        self.assertRaises(LookupError, plain.get)
        self.assertEqual((7, 3, 8, "plain"), (plain.get(7), with_default.get(), with_default.get(8), plain.name))
        plain.set(None)
        self.assertIsNone(plain.get(7))
        self.assertRaises(TypeError, contextvars.ContextVar, 5)
        self.assertIn("name='other' default=3", repr(with_default))

    def test_reset(self):
        var = contextvars.ContextVar("var", default=0)
        first = var.set(1)
        second = var.set(2)
        self.assertEqual((contextvars.Token.MISSING, 1, var), (first.old_value, second.old_value, second.var))
        var.reset(second)
        self.assertEqual(1, var.get())
        self.assertRaises(RuntimeError, var.reset, second)
        self.assertRaises(ValueError, contextvars.ContextVar("another").reset, first)
        self.assertRaises(ValueError, contextvars.copy_context().run, var.reset, first)
        self.assertRaises(TypeError, var.reset, 5)
        var.reset(first)
        self.assertEqual(0, var.get())

    def test_contexts(self):
        var, never = contextvars.ContextVar("var"), contextvars.ContextVar("never")
        token = var.set("outside")
        copied = contextvars.copy_context()

        def inside():
            self.assertEqual("outside", var.get())
            var.set("inside")
            self.assertRaises(RuntimeError, copied.run, inside)
            return var.get()

        self.assertEqual("inside", copied.run(inside))
        self.assertEqual("outside", var.get())
        self.assertEqual(("inside", True, None, 4), (copied[var], var in copied, copied.get(never), copied.get(never, 4)))
        self.assertIn((var, "inside"), list(copied.items()))
        self.assertIn(var, list(copied))
        self.assertEqual((len(copied), copied), (len(list(copied.values())), copied.copy()))
        self.assertNotEqual(copied, contextvars.Context())
        self.assertRaises(KeyError, lambda: copied[never])
        self.assertRaises(TypeError, lambda: copied["var"])
        var.reset(token)
        self.assertRaises(LookupError, contextvars.Context().run, var.get)

    def test_an_error_leaves_the_context(self):
        context = contextvars.Context()
        self.assertRaises(ZeroDivisionError, context.run, lambda: 1 / 0)
        self.assertEqual(5, context.run(lambda: 5))

    def test_threads_have_their_own(self):
        var = contextvars.ContextVar("var")
        var.set("mine")
        found = []
        thread = threading.Thread(target=lambda: (found.append(var.get("none")), var.set("its")))
        thread.start()
        thread.join()
        self.assertEqual((["none"], "mine"), (found, var.get()))

    def test_decimal_and_asyncio_use_them(self):
        import asyncio
        import decimal
        var = contextvars.ContextVar("var", default="none")

        async def child():
            var.set("child")
            return str(decimal.Decimal(1) / 3)

        async def main():
            var.set("main")
            return await asyncio.create_task(child()), var.get()

        with decimal.localcontext() as context:
            context.prec = 4
            self.assertEqual("0.3333", str(decimal.Decimal(1) / 3))
            self.assertEqual(("0.3333", "main"), asyncio.run(main()))
        self.assertEqual("none", var.get())
