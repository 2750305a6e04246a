"""The part of psutil that locustfiles use, which come to expect it because Locust brings it along: the load and memory of
the machine and of a process, read from /proc. Elsewhere than on Linux most of it raises NotImplementedError.
"""
import os
import time
from collections import namedtuple

version_info = (7, 0, 0)
__version__ = "7.0.0"

LINUX, POSIX, WINDOWS, MACOS = os.path.exists("/proc/stat"), True, False, False

scputimes = namedtuple("scputimes", "user nice system idle iowait irq softirq steal guest guest_nice")
svmem = namedtuple("svmem", "total available percent used free active inactive buffers cached shared slab")
sswap = namedtuple("sswap", "total used free percent sin sout")
sdiskusage = namedtuple("sdiskusage", "total used free percent")
snetio = namedtuple("snetio", "bytes_sent bytes_recv packets_sent packets_recv errin errout dropin dropout")
sdiskio = namedtuple("sdiskio", "read_count write_count read_bytes write_bytes read_time write_time")
pmem = namedtuple("pmem", "rss vms shared text lib data dirty")
pcputimes = namedtuple("pcputimes", "user system children_user children_system iowait")
pctxsw = namedtuple("pctxsw", "voluntary involuntary")
pio = namedtuple("pio", "read_count write_count read_bytes write_bytes read_chars write_chars")
puids = namedtuple("puids", "real effective saved")
pgids = namedtuple("pgids", "real effective saved")

STATUS_RUNNING, STATUS_SLEEPING, STATUS_STOPPED, STATUS_ZOMBIE = "running", "sleeping", "stopped", "zombie"
STATUS_DISK_SLEEP, STATUS_IDLE, STATUS_DEAD = "disk-sleep", "idle", "dead"
_STATES = {"R": STATUS_RUNNING, "S": STATUS_SLEEPING, "D": STATUS_DISK_SLEEP, "T": STATUS_STOPPED,
           "Z": STATUS_ZOMBIE, "I": STATUS_IDLE, "X": STATUS_DEAD}
_TICKS = 100.0
_PAGE_BYTES = 4096
_SECTOR_BYTES = 512


class Error(Exception):
    """Base of what psutil raises."""


class NoSuchProcess(Error):
    """There is no process of that number."""

    def __init__(self, pid, name=None, msg=None):
        super().__init__(msg or f"process no longer exists (pid={pid})")
        self.pid, self.name = pid, name
        self.msg = msg or "process no longer exists"


class ZombieProcess(NoSuchProcess):
    """The process has ended and waits for its parent."""


class AccessDenied(Error):
    """The process belongs to somebody else."""

    def __init__(self, pid=None, name=None, msg=None):
        super().__init__(msg or f"(pid={pid})")
        self.pid, self.name, self.msg = pid, name, msg or ""


class TimeoutExpired(Error):
    """A process has not ended in time."""

    def __init__(self, seconds, pid=None, name=None):
        super().__init__(f"timeout after {seconds} seconds (pid={pid})")
        self.seconds, self.pid, self.name = seconds, pid, name


def _read(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except FileNotFoundError:
        if not LINUX:
            raise NotImplementedError("psutil reads /proc here, which only Linux has") from None
        raise


def _percent(part, whole):
    return round(100.0 * part / whole, 1) if whole else 0.0


def cpu_count(logical=True):
    """How many processors there are."""
    return os.cpu_count()


def _cpu_lines():
    for line in _read("/proc/stat").splitlines():
        if line.startswith("cpu"):
            name, *numbers = line.split()
            numbers = [int(number) / _TICKS for number in numbers[:10]]
            yield name, scputimes(*numbers + [0.0] * (10 - len(numbers)))


def cpu_times(percpu=False):
    """Seconds that the processors have spent since the machine was started."""
    lines = list(_cpu_lines())
    return [times for name, times in lines if name != "cpu"] if percpu else lines[0][1]


_last = {}


def _used_since(key, times):
    """Percent used since the last call for this key; 0.0 the first time."""
    total, idle = sum(times[:8]), times.idle + times.iowait
    before = _last.get(key)
    _last[key] = (total, idle)
    if before is None or total <= before[0]:
        return 0.0
    return max(0.0, _percent(total - before[0] - (idle - before[1]), total - before[0]))


def cpu_percent(interval=None, percpu=False):
    """Load of the machine in percent, since the last call or over `interval` seconds."""
    if interval is not None and interval > 0:
        cpu_percent(None, percpu)
        time.sleep(interval)
    if percpu:
        return [_used_since(f"cpu{number}", times) for number, times in enumerate(cpu_times(True))]
    return _used_since("cpu", cpu_times())


def getloadavg():
    """The average load of the last 1, 5 and 15 minutes."""
    return tuple(float(word) for word in _read("/proc/loadavg").split()[:3])


def _meminfo():
    found = {}
    for line in _read("/proc/meminfo").splitlines():
        name, _, value = line.partition(":")
        found[name] = int(value.split()[0]) * 1024
    return found


def virtual_memory():
    """Bytes of the machine's memory."""
    info = _meminfo()
    total, available = info["MemTotal"], info.get("MemAvailable", info["MemFree"])
    cached = info.get("Cached", 0) + info.get("SReclaimable", 0)
    return svmem(total, available, _percent(total - available, total), total - available, info["MemFree"],
                 info.get("Active", 0), info.get("Inactive", 0), info.get("Buffers", 0), cached,
                 info.get("Shmem", 0), info.get("Slab", 0))


def swap_memory():
    """Bytes of the machine's swap."""
    info = _meminfo()
    total, free = info.get("SwapTotal", 0), info.get("SwapFree", 0)
    return sswap(total, total - free, free, _percent(total - free, total), 0, 0)


def disk_usage(path):
    """Bytes of the file system that a path is on."""
    import shutil
    usage = shutil.disk_usage(path)
    return sdiskusage(usage.total, usage.used, usage.free, _percent(usage.used, usage.used + usage.free))


def net_io_counters(pernic=False, nowrap=True):
    """What has gone over the network since the machine was started."""
    nics = {}
    for line in _read("/proc/net/dev").splitlines()[2:]:
        name, _, numbers = line.partition(":")
        n = [int(word) for word in numbers.split()]
        nics[name.strip()] = snetio(n[8], n[0], n[9], n[1], n[2], n[10], n[3], n[11])
    return nics if pernic else snetio(*[sum(column) for column in zip(*nics.values())]) if nics else None


def disk_io_counters(perdisk=False, nowrap=True):
    """What has gone to and from the disks since the machine was started."""
    disks = {}
    for line in _read("/proc/diskstats").splitlines():
        words = line.split()
        if len(words) >= 11 and os.path.exists(f"/sys/block/{words[2]}"):
            n = [int(word) for word in words[3:11]]
            disks[words[2]] = sdiskio(n[0], n[4], n[2] * _SECTOR_BYTES, n[6] * _SECTOR_BYTES, n[3], n[7])
    return disks if perdisk else sdiskio(*[sum(column) for column in zip(*disks.values())]) if disks else None


def boot_time():
    """When the machine was started, in epoch seconds."""
    for line in _read("/proc/stat").splitlines():
        if line.startswith("btime "):
            return float(line.split()[1])
    raise NotImplementedError("/proc/stat does not say when the machine was started")


def pids():
    """The numbers of all processes."""
    return sorted(int(name) for name in os.listdir("/proc") if name.isdigit())


def pid_exists(pid):
    """Whether there is a process of that number."""
    return os.path.exists(f"/proc/{pid}")


def process_iter(attrs=None, ad_value=None):
    """All processes; with `attrs` each has these in its `info`."""
    for pid in pids():
        try:
            process = Process(pid)
            if attrs is not None:
                process.info = process.as_dict(attrs, ad_value)
        except NoSuchProcess:
            continue
        yield process


class Process:
    """One process, this one unless a number is given."""

    def __init__(self, pid=None):
        self.pid = os.getpid() if pid is None else pid
        self._last = None
        self._stat()

    def __repr__(self):
        return f"psutil.Process(pid={self.pid})"

    def __eq__(self, other):
        return isinstance(other, Process) and self.pid == other.pid

    def __hash__(self):
        return hash(self.pid)

    def _file(self, name):
        try:
            return _read(f"/proc/{self.pid}/{name}")
        except (FileNotFoundError, ProcessLookupError):
            raise NoSuchProcess(self.pid) from None
        except PermissionError:
            raise AccessDenied(self.pid) from None

    def _stat(self):
        """The fields after the name, as in proc(5) from the third on."""
        return self._file("stat").rpartition(")")[2].split()

    def name(self):
        return self._file("comm").rstrip("\n")

    def cmdline(self):
        return [word for word in self._file("cmdline").split("\0") if word]

    def exe(self):
        try:
            return os.readlink(f"/proc/{self.pid}/exe")
        except OSError:
            return ""

    def cwd(self):
        return os.readlink(f"/proc/{self.pid}/cwd")

    def ppid(self):
        return int(self._stat()[1])

    def parent(self):
        parent = self.ppid()
        return Process(parent) if parent else None

    def status(self):
        return _STATES.get(self._stat()[0], self._stat()[0])

    def is_running(self):
        return pid_exists(self.pid)

    def create_time(self):
        return boot_time() + int(self._stat()[19]) / _TICKS

    def num_threads(self):
        return int(self._stat()[17])

    def num_fds(self):
        try:
            return len(os.listdir(f"/proc/{self.pid}/fd"))
        except PermissionError:
            raise AccessDenied(self.pid) from None

    def num_ctx_switches(self):
        """How often it gave a processor up, and lost one; of all threads."""
        counts = [0, 0]
        for thread in self._threads():
            for line in self._file(f"task/{thread}/status").splitlines():
                name, _, value = line.partition(":")
                if name in ("voluntary_ctxt_switches", "nonvoluntary_ctxt_switches"):
                    counts[name.startswith("non")] += int(value)
        return pctxsw(*counts)

    def _threads(self):
        try:
            return os.listdir(f"/proc/{self.pid}/task")
        except FileNotFoundError:
            raise NoSuchProcess(self.pid) from None

    def io_counters(self):
        """What it has read and written: calls and bytes, of storage and of all files."""
        fields = dict(line.split(": ") for line in self._file("io").splitlines())
        return pio(*(int(fields[name]) for name in ("syscr", "syscw", "read_bytes", "write_bytes", "rchar", "wchar")))

    def environ(self):
        return dict(entry.split("=", 1) for entry in self._file("environ").split("\0") if "=" in entry)

    def username(self):
        import pwd
        number = self.uids().real
        try:
            return pwd.getpwuid(number).pw_name
        except KeyError:
            return str(number)

    def uids(self):
        return puids(*self._ids("Uid"))

    def gids(self):
        return pgids(*self._ids("Gid"))

    def _ids(self, name):
        line = next(line for line in self._file("status").splitlines() if line.startswith(name + ":"))
        return [int(word) for word in line.split()[1:4]]

    def nice(self, value=None):
        if value is None:
            return int(self._stat()[16])
        os.setpriority(os.PRIO_PROCESS, self.pid, value)
        return None

    def parents(self):
        found = []
        parent = self.parent()
        while parent is not None:
            found.append(parent)
            parent = parent.parent()
        return found

    def cpu_times(self):
        fields = self._stat()
        return pcputimes(*[int(fields[at]) / _TICKS for at in (11, 12, 13, 14)], 0.0)

    def cpu_percent(self, interval=None):
        """Percent of one processor, since the last call or over `interval` seconds; 0.0 the first time."""
        if interval is not None and interval > 0:
            self.cpu_percent()
            time.sleep(interval)
        times = self.cpu_times()
        now, used = time.monotonic(), times.user + times.system
        before, self._last = self._last, (now, used)
        if before is None or now <= before[0]:
            return 0.0
        return round(100.0 * (used - before[1]) / (now - before[0]), 1)

    def cpu_num(self):
        return int(self._stat()[36])

    def memory_info(self):
        """Bytes."""
        size, resident, shared, text, lib, data, dirty = (
            int(word) * _PAGE_BYTES for word in self._file("statm").split()[:7])
        return pmem(resident, size, shared, text, lib, data, dirty)

    def memory_percent(self, memtype="rss"):
        return 100.0 * getattr(self.memory_info(), memtype) / virtual_memory().total

    def children(self, recursive=False):
        found = []
        for process in process_iter():
            try:
                if process.ppid() == self.pid:
                    found.append(process)
                    if recursive:
                        found.extend(process.children(True))
            except NoSuchProcess:
                continue
        return found

    def as_dict(self, attrs=None, ad_value=None):
        """The values of the methods of these names."""
        found = {}
        for name in attrs or ("pid", "name", "status", "cmdline", "create_time", "num_threads", "memory_info"):
            try:
                value = getattr(self, name)
                found[name] = value() if callable(value) else value
            except AccessDenied:
                found[name] = ad_value
        return found

    def oneshot(self):
        """A with-block; everything is read anew in it."""
        import contextlib
        return contextlib.nullcontext()

    def send_signal(self, number):
        os.kill(self.pid, number)

    def terminate(self):
        self.send_signal(15)

    def kill(self):
        self.send_signal(9)
