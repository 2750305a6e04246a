"""Child processes: dialogues, files as their streams, status words, limits of time."""
import os
import subprocess
import tempfile
import unittest


class DialogueTest(unittest.TestCase):
    def test_a_program_is_talked_with_line_by_line(self):
        with subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as program:
            for line in ("first\n", "second\n"):
                program.stdin.write(line)
                self.assertEqual(line, program.stdout.readline())
            program.stdin.close()
            self.assertEqual(0, program.wait(timeout=30))

    def test_bytes_without_a_buffer(self):
        with subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0) as program:
            program.stdin.write(b"ping")
            self.assertEqual(b"ping", program.stdout.read(4))


class StreamsTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()

    def tearDown(self):
        self.folder.cleanup()

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def test_output_goes_to_a_file(self):
        with open(self.path("out"), "wb") as out, open(self.path("err"), "wb") as err:
            code = subprocess.call(["sh", "-c", "echo said; echo wrong >&2; exit 4"], stdout=out, stderr=err)
        self.assertEqual(4, code)
        with open(self.path("out")) as out, open(self.path("err")) as err:
            self.assertEqual(("said\n", "wrong\n"), (out.read(), err.read()))

    def test_output_and_errors_go_to_one_file_behind_what_is_there(self):
        with open(self.path("log"), "w") as log:
            log.write("before\n")
            log.flush()
            subprocess.run(["sh", "-c", "echo said; echo wrong >&2"], stdout=log, stderr=subprocess.STDOUT)
        with open(self.path("log")) as log:
            self.assertEqual("before\nsaid\nwrong\n", log.read())

    def test_input_comes_from_a_file(self):
        with open(self.path("in"), "w") as file:
            file.write("one\ntwo\n")
        with open(self.path("in")) as file:
            self.assertEqual(b"one\ntwo\n", subprocess.check_output(["cat"], stdin=file))

    def test_nothing_to_read_and_nobody_who_listens(self):
        done = subprocess.run(["cat"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        self.assertEqual((0, b""), (done.returncode, done.stdout))
        done = subprocess.run(["sh", "-c", "echo heard; echo unheard >&2"], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL)
        self.assertEqual(b"heard\n", done.stdout)

    def test_one_program_reads_what_another_writes(self):
        with subprocess.Popen(["echo", "a b c"], stdout=subprocess.PIPE) as first:
            with subprocess.Popen(["tr", "a-c", "x-z"], stdin=first.stdout, stdout=subprocess.PIPE) as second:
                first.stdout.close()
                self.assertEqual(b"x y z\n", second.communicate(timeout=30)[0])

    def test_output_goes_to_a_pipe_of_ours(self):
        read, write = os.pipe()
        subprocess.run(["echo", "through"], stdout=write)
        os.close(write)
        self.assertEqual(b"through\n", os.read(read, 100))
        os.close(read)


class StatusTest(unittest.TestCase):
    def test_a_status_word(self):
        word = os.system("exit 5")
        self.assertEqual(5 << 8, word)
        self.assertTrue(os.WIFEXITED(word))
        self.assertFalse(os.WIFSIGNALED(word))
        self.assertEqual((5, 5), (os.WEXITSTATUS(word), os.waitstatus_to_exitcode(word)))

    def test_the_word_of_a_signal(self):
        self.assertTrue(os.WIFSIGNALED(15))
        self.assertFalse(os.WIFEXITED(15))
        self.assertEqual((15, -15), (os.WTERMSIG(15), os.waitstatus_to_exitcode(15)))
        self.assertEqual(-9, subprocess.call(["sh", "-c", "kill -9 $$"]))

    def test_popen(self):
        with_error = os.popen("exit 4")
        with_error.read()
        self.assertEqual(4 << 8, with_error.close())
        fine = os.popen("true")
        self.assertIsNone(fine.close())

    def test_the_limit_that_was_passed_is_the_one_that_was_given(self):
        for call in (lambda: subprocess.run(["sleep", "20"], timeout=0.25),
                     lambda: subprocess.check_output(["sleep", "20"], timeout=0.25)):
            with self.assertRaises(subprocess.TimeoutExpired) as caught:
                call()
            self.assertEqual(0.25, caught.exception.timeout)


class AsyncioTest(unittest.TestCase):
    def test_output_and_exit_code(self):
        import asyncio

        async def run():
            program = await asyncio.create_subprocess_exec(
                "sh", "-c", "cat; exit 3", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE)
            out, _ = await asyncio.wait_for(program.communicate(b"given"), 60)
            return out, program.returncode

        self.assertEqual((b"given", 3), asyncio.run(run()))

    def test_a_dialogue_in_a_shell(self):
        import asyncio

        async def run():
            program = await asyncio.create_subprocess_shell(
                "while read line; do echo got $line; done", stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE)
            program.stdin.write(b"one\n")
            await program.stdin.drain()
            line = await asyncio.wait_for(program.stdout.readline(), 60)
            program.stdin.close()
            return line, await asyncio.wait_for(program.wait(), 60)

        self.assertEqual((b"got one\n", 0), asyncio.run(run()))
