"""The zygote: a warmed process without a secret, that forks one child per task.

It is spawned, not forked, so it shares no memory with the service; its environment is the cage's choice; of
the service's descriptors it gets one end of a socket pair. It reads no document. It has one thread, so that a
fork copies no lock that another thread holds, and so that a child's number cannot be used again between a
look and a signal: only this process reaps, and only here.
"""

from __future__ import annotations

import gc
import importlib
import os
import selectors
import signal
import socket
import sys
from pathlib import Path
from typing import Final, NoReturn, cast

import msgspec

from engine.cage import kernel, landlock, seccomp
from engine.cage.child import Confines, Entry, live
from engine.cage.control import ENCODER, ORDERS, PACKET_BYTES, Broken, Ended, Ready, Refused, Report, Run, Signal, Start

_DESCRIPTORS_PER_RUN: Final = 3


class CageGoneError(Exception):
    """The service closed its end of the socket, or died."""


class Zygote:
    """Forks, signals and reaps at the cage's orders."""

    def __init__(self, control: socket.socket, entry: Entry, confines: Confines) -> None:
        self._control = control
        self._entry = entry
        self._confines = confines
        self._children: dict[int, int] = {}
        """Process id by run; a process id stays here until it is reaped."""
        self._wakeup, alarm = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
        signal.set_wakeup_fd(alarm)
        # A handler of Python's own is what makes the signal reach the wakeup descriptor.
        signal.signal(signal.SIGCHLD, lambda number, at: None)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._control, selectors.EVENT_READ)
        self._selector.register(self._wakeup, selectors.EVENT_READ)

    def serve(self) -> None:
        """Follow orders until the service is gone; then end all children."""
        self._report(Ready(landlock.version(), seccomp.available()))
        try:
            while True:
                for key, _ in self._selector.select():
                    if key.fileobj is self._control:
                        self._follow()
                    else:
                        os.read(self._wakeup, 4096)
                        self._reap()
        except CageGoneError:
            for child in self._children.values():
                _signal(child, signal.SIGKILL)
            _end_orphans(set())

    def _follow(self) -> None:
        packet, descriptors, _, _ = socket.recv_fds(self._control, PACKET_BYTES, _DESCRIPTORS_PER_RUN)
        if not packet:
            raise CageGoneError
        try:
            match ORDERS.decode(packet):
                case Run(run, folder):
                    task, document, reply = descriptors
                    self._fork(run, Path(folder), (task, document, reply))
                case Signal(run, number) if run in self._children:
                    _signal(self._children[run], number)
        finally:
            for descriptor in descriptors:
                os.close(descriptor)

    def _fork(self, run: int, folder: Path, descriptors: tuple[int, int, int]) -> None:
        zygote = os.getpid()
        try:
            child = os.fork()
        except OSError:
            self._report(Refused(run))
            return
        if child == 0:
            try:
                live(self._entry, self._confines, folder, descriptors, zygote)
            finally:
                os._exit(os.EX_SOFTWARE)
        self._children[run] = child

    def _reap(self) -> None:
        """Report the children that ended, after everything they started has ended too."""
        ended = {}
        for run, child in self._children.items():
            # The child stays a zombie, and its number its own, until its group got the signal.
            if os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
                _signal(child, signal.SIGKILL)
                ended[run] = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        for run in ended:
            del self._children[run]
        if self._confines.allow_processes:
            _end_orphans(set(self._children.values()))
        for run, status in ended.items():
            self._report(Ended(run, status))

    def _report(self, report: Report) -> None:
        try:
            self._control.send(ENCODER.encode(report))
        except OSError:
            raise CageGoneError from None


def _signal(child: int, number: int) -> None:
    """Signal the child's group, or the child alone when it has not made its group yet."""
    try:
        os.killpg(child, number)
    except ProcessLookupError:
        os.kill(child, number)


def _end_orphans(known: set[int]) -> None:
    """End and reap every child of this process but `known`: descendants of children that went before them.

    A descendant that left its group is not reached by the group's signal; when its parent ends, the kernel
    makes it a child of this process.
    """
    while orphans := _children_of_this_process() - known:
        for orphan in orphans:
            os.kill(orphan, signal.SIGKILL)
            os.waitpid(orphan, 0)


def _children_of_this_process() -> set[int]:
    children = set()
    me = os.getpid()
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                status = (folder / "stat").read_bytes()
            except (FileNotFoundError, ProcessLookupError):
                continue
            # The name of a program stands in brackets and may hold anything; the state and the parent follow.
            if int(status.rpartition(b")")[2].split()[1]) == me:
                children.add(int(folder.name))
    return children


def main(control: socket.socket) -> None:
    """Load the entry that the first packet names, tell that it is warm, and serve."""
    try:
        zygote = _warmed(control)
    except BaseException as error:
        control.send(ENCODER.encode(Broken(f"{type(error).__name__}: {error}"[:1000])))
        return
    # What is loaded by now stays for good: no collector shall touch, and so copy, its pages in a child.
    gc.collect()
    gc.freeze()
    zygote.serve()


def _warmed(control: socket.socket) -> Zygote:
    os.umask(0o077)
    # When the machine runs out of memory, this process or a child goes and not the service.
    Path("/proc/self/oom_score_adj").write_text("1000")
    kernel.forbid_dumps()
    kernel.adopt_orphans()
    start = msgspec.msgpack.decode(control.recv(PACKET_BYTES), type=Start)
    entry = cast(Entry, importlib.import_module(start.entry))
    entry.warm()
    if len(os.listdir("/proc/self/task")) != 1:
        raise RuntimeError("warm() left a thread running")
    return Zygote(control, entry, Confines.around(start.entry, start.limits))


def _exit_after_main(descriptor: int) -> NoReturn:
    with socket.socket(fileno=descriptor) as control:
        main(control)
    os._exit(os.EX_OK)


if __name__ == "__main__":
    _exit_after_main(int(sys.argv[1]))
