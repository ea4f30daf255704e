"""A child: confines itself, runs one task over one document, writes one reply, ends."""

from __future__ import annotations

import mmap
import os
import resource
import signal
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn, Protocol

from engine.cage import kernel, landlock, seccomp
from engine.cage.limits import Limits
from engine.cage.reply import ReplyKind, frame, frame_error

_SYSTEM_FOLDERS: Final = ("/usr", "/lib", "/lib64", "/dev/null", "/dev/urandom")


class Entry(Protocol):
    """The module that does the work."""

    def warm(self) -> None:
        """Load what every task needs, once, in the zygote: no thread, and no descriptor that a task needs."""

    def run(self, task: bytes, document: memoryview) -> bytes:
        """Do a task over a document, in a child. Raises ApiError where the document is at fault."""


@dataclass(frozen=True)
class Confines:
    """What holds for every child. `readable`: the folders of code and libraries, and nothing else."""

    limits: Limits
    readable: tuple[Path, ...]

    @classmethod
    def around(cls, entry: str, limits: Limits) -> Confines:
        """The confines of children that run `entry`, which is imported.

        Python's search path is readable but for folders that hold our own packages: beside those may lie
        the data of a service that runs on a developer's machine.
        """
        ours = {Path(str(sys.modules[name.partition(".")[0]].__path__[0])) for name in (__name__, "contract", entry)}
        homes = {package.parent for package in ours}
        path = {Path(folder) for folder in (*sys.path, sys.prefix, sys.base_prefix, *_SYSTEM_FOLDERS) if folder}
        return cls(limits, tuple(sorted(folder for folder in path - homes | ours if folder.exists())))

    @property
    def allow_processes(self) -> bool:
        """Whether a child can start a process; where the kernel forbids it there are no descendants to end."""
        return self.limits.processes > 0 or not seccomp.available()


def live(entry: Entry, confines: Confines, folder: Path, descriptors: tuple[int, int, int], zygote: int) -> NoReturn:
    """All that a forked child does. `descriptors`: task, document, writing end of the reply."""
    task_file, document_file, reply = descriptors
    kernel.die_with_parent()
    if os.getppid() != zygote:
        # The zygote died before the line above could tie this process to it.
        os._exit(os.EX_TEMPFAIL)
    os.setsid()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _close_all_but(descriptors)
    os.chdir(folder)
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
    _limit(confines.limits, os.fstat(document_file).st_size)
    _confine(confines, folder)
    try:
        framed = frame(ReplyKind.RESULT, entry.run(bytes(_mapped(task_file)), _mapped(document_file)))
    except BaseException as error:
        framed = frame_error(error)
    rest = memoryview(framed)
    while rest:
        rest = rest[os.write(reply, rest) :]
    os._exit(os.EX_OK)


def _close_all_but(kept: tuple[int, ...]) -> None:
    """Close every descriptor but the standard ones, which are the null device, and `kept`."""
    lowest = 3
    for descriptor in sorted(kept):
        os.closerange(lowest, descriptor)
        lowest = descriptor + 1
    os.closerange(lowest, os.sysconf("SC_OPEN_MAX"))


def _limit(limits: Limits, document_bytes: int) -> None:
    pages_of_zygote = int(Path("/proc/self/statm").read_text().split()[0])
    for kind, value in (
        (resource.RLIMIT_AS, pages_of_zygote * mmap.PAGESIZE + document_bytes + limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, limits.file_bytes),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_CORE, 0),
        # The kernel counts threads too; where it can filter calls, the filter forbids processes alone.
        *([(resource.RLIMIT_NPROC, limits.processes)] if limits.processes or not seccomp.available() else []),
    ):
        _, hard = resource.getrlimit(kind)
        allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (allowed, allowed))


def _confine(confines: Confines, folder: Path) -> None:
    """Give up rights for good; whatever the platform offers must succeed, or no document is touched."""
    kernel.forbid_dumps()
    kernel.drop_capabilities()
    kernel.forbid_new_privileges()
    landlock.restrict([*((path, landlock.READ) for path in confines.readable), (folder, landlock.WRITE)])
    if seccomp.available():
        seccomp.restrict(forbid_processes=not confines.allow_processes)


def _mapped(descriptor: int) -> memoryview:
    # An empty file cannot be mapped.
    size = os.fstat(descriptor).st_size
    view = memoryview(mmap.mmap(descriptor, size, access=mmap.ACCESS_READ) if size else b"")
    os.close(descriptor)
    return view
