"""Makes subprocess.Popen give a program the files it was told to use, and say which limit of time was passed."""
import os

import _katydid


def _is_at(fd, end):
    """Whether the file stands at its beginning or its end: Java opens it by its name, and begins there."""
    return os.lseek(fd, 0, os.SEEK_CUR) == (os.fstat(fd).st_size if end else 0)


def _path(given, fd, end, module):
    """The name of the file that Popen was given for a stream; None if it has no name."""
    if given == module.DEVNULL:
        return os.devnull
    name = getattr(given, "name", None)
    try:
        if isinstance(name, str) and os.path.exists(name) and (name == os.devnull or _is_at(fd, end)):
            return os.path.abspath(name)
    except OSError:
        pass
    return None


def _carry(source, target):
    try:
        while True:
            piece = os.read(source, 65536)
            if not piece:
                return
            while piece:
                piece = piece[os.write(target, piece):]
    except OSError:
        pass
    finally:
        for fd in (source, target):
            try:
                os.close(fd)
            except OSError:
                pass


def _carrying(source, target):
    import threading
    return threading.Thread(target=_carry, args=(source, target), daemon=True)


def change(module):
    """`module`: subprocess."""
    Popen = module.Popen
    get_handles, execute_child = Popen._get_handles, Popen._execute_child
    wait, poll, communicate = Popen.wait, Popen.poll, Popen.communicate

    def get_handles_and_names(self, stdin, stdout, stderr):
        self._katydid_given = (stdin, stdout, stderr)
        return get_handles(self, stdin, stdout, stderr)

    def execute_with_files(self, *args):
        args = list(args)
        at = 10  # of p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite
        stdin, stdout, stderr = self._katydid_given
        del self._katydid_given
        p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite = args[at:at + 6]
        files, threads = [None, None, None], []
        if p2cread > 2 and p2cwrite == -1:
            files[0] = _path(stdin, p2cread, False, module)
            if files[0] is None:
                args[at], args[at + 1] = os.pipe()
                threads.append(_carrying(os.dup(p2cread), args[at + 1]))
        outputs = []
        for place, given, number, read, write in ((1, stdout, at + 2, c2pread, c2pwrite),
                                                  (2, stderr, at + 4, errread, errwrite)):
            if write <= 2 or read != -1 or (place == 2 and write == c2pwrite):
                continue
            files[place] = _path(given, write, True, module)
            if files[place] is None:
                args[number], args[number + 1] = os.pipe()
                outputs.append(_carrying(args[number], os.dup(write)))
        if stderr == module.STDOUT and files[1] is not None:
            files[2] = files[1]
        elif stderr == module.STDOUT and c2pread == -1 and c2pwrite > 2:
            args[at + 5] = args[at + 3]
        _katydid._host.nextProcess(*files)
        try:
            result = execute_child(self, *args)
        except BaseException:
            _katydid._host.nextProcess(None, None, None)
            raise
        for thread in threads + outputs:
            thread.start()
        self._katydid_outputs = outputs
        return result

    def with_outputs(code, self):
        """What the program has written is in its files before anybody hears that it has ended."""
        if code is not None:
            for thread in getattr(self, "_katydid_outputs", ()):
                thread.join(5)
            self._katydid_outputs = ()
        return code

    def wait_with_outputs(self, timeout=None):
        return with_outputs(wait(self, timeout), self)

    def poll_with_outputs(self):
        return with_outputs(poll(self), self)

    def communicate_in_time(self, input=None, timeout=None):
        try:
            return communicate(self, input, timeout)
        except module.TimeoutExpired as error:
            error.timeout = timeout
            raise

    for name, function in (("_get_handles", get_handles_and_names), ("_execute_child", execute_with_files),
                           ("wait", wait_with_outputs), ("poll", poll_with_outputs),
                           ("communicate", communicate_in_time)):
        function.__name__, function.__qualname__ = name, "Popen." + name
        setattr(Popen, name, function)
