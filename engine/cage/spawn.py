"""A zygote as the service sees it: spawned, given orders, told what became of them, known to be lost."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Self

import engine
from engine.cage.control import ENCODER, PACKET_BYTES, REPORTS, Broken, Ended, Order, Ready, Refused, Run, Signal, Start
from engine.cage.limits import Limits

_WARM_SECONDS: Final = 120.0
_CLOSE_SECONDS: Final = 5.0
_PROJECT: Final = Path(engine.__file__).parents[1]


class CageLost(Exception):
    """The zygote died, could not start, or could not fork; says nothing about the document, so try again.

    The next run starts a new zygote.
    """


def scrubbed_environment() -> dict[str, str]:
    """All that a zygote and its children see of an environment: where code lies, and how to count threads."""
    environment = {
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "PYTHONPATH": os.pathsep.join([str(_PROJECT), *(folder for folder in sys.path if folder)]),
        # Libraries that would start a pool of threads when they load must not: the zygote forks.
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        # A fork copies the table of all pages, so a zygote full of networks shall have few and large ones.
        "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
    }
    if libraries := os.environ.get("LD_LIBRARY_PATH"):
        environment["LD_LIBRARY_PATH"] = libraries
    return environment


class ZygoteProcess:
    """One zygote. Every method raises CageLost when it is gone."""

    def __init__(self, process: asyncio.subprocess.Process, control: socket.socket) -> None:
        self._process = process
        self._control = control
        self._loop = asyncio.get_running_loop()
        self._ready: asyncio.Future[Ready] = self._loop.create_future()
        self._ends: dict[int, asyncio.Future[int]] = {}
        self._sending = asyncio.Lock()
        self._writable: asyncio.Future[None] | None = None
        self.lost = False
        self._loop.add_reader(control, self._hear)

    @classmethod
    async def spawn(cls, entry: str, limits: Limits, python: str) -> Self:
        """Start a zygote and wait until it is warm."""
        ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with its:
            ours.setblocking(False)
            try:
                process = await asyncio.create_subprocess_exec(
                    *(python, "-P", "-m", "engine.cage.zygote", str(its.fileno())),
                    env=scrubbed_environment(),
                    cwd="/",
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    pass_fds=(its.fileno(),),
                    start_new_session=True,
                )
            except BaseException:
                ours.close()
                raise
        zygote = cls(process, ours)
        try:
            await zygote._send(Start(entry, limits))
            async with asyncio.timeout(_WARM_SECONDS):
                await zygote._ready
        except TimeoutError:
            await zygote.close()
            raise CageLost("the zygote did not get warm in time") from None
        except BaseException:
            await zygote.close()
            raise
        return zygote

    @property
    def pid(self) -> int:
        """Process id."""
        return self._process.pid

    @property
    def ready(self) -> Ready:
        """What the zygote told when it was warm."""
        return self._ready.result()

    async def fork(self, run: int, folder: Path, descriptors: Sequence[int]) -> asyncio.Future[int]:
        """Start a child; the future holds its exit code, or minus its signal, once all of it is gone."""
        ended: asyncio.Future[int] = self._loop.create_future()
        self._ends[run] = ended
        try:
            await self._send(Run(run, str(folder)), descriptors)
        except BaseException:
            self._ends.pop(run, None)
            raise
        return ended

    async def signal(self, run: int, number: int) -> None:
        """Signal all processes of a run, if it still runs."""
        await self._send(Signal(run, number))

    def kill(self) -> None:
        """End the zygote at once; the kernel ends its children with it."""
        with suppress(ProcessLookupError):
            self._process.kill()
        self._lose(CageLost("the zygote was killed"))

    async def close(self) -> None:
        """Let the zygote end its children and itself, and wait until it is gone."""
        self._lose(CageLost("the cage is closed"))
        try:
            async with asyncio.timeout(_CLOSE_SECONDS):
                await self._process.wait()
        except TimeoutError:
            self.kill()
            await self._process.wait()

    async def _send(self, order: Start | Order, descriptors: Sequence[int] = ()) -> None:
        packet = ENCODER.encode(order)
        async with self._sending:
            while not self.lost:
                try:
                    socket.send_fds(self._control, [packet], list(descriptors))
                    return
                except BlockingIOError:
                    await self._until_writable()
                except OSError:
                    self._lose(CageLost("the zygote is gone"))
        raise CageLost("the zygote is gone")

    async def _until_writable(self) -> None:
        self._writable = self._loop.create_future()
        self._loop.add_writer(self._control, _settle, self._writable)
        try:
            await self._writable
        finally:
            if not self.lost:
                self._loop.remove_writer(self._control)

    def _hear(self) -> None:
        try:
            packet = self._control.recv(PACKET_BYTES)
        except BlockingIOError:
            return
        except OSError:
            packet = b""
        if not packet:
            self._lose(CageLost("the zygote is gone"))
            return
        match REPORTS.decode(packet):
            case Ready() as ready:
                self._ready.set_result(ready)
            case Broken(reason):
                self._lose(CageLost(f"the zygote could not start: {reason}"))
            case Ended(run, status):
                self._ends.pop(run).set_result(status)
            case Refused(run):
                self._ends.pop(run).set_exception(CageLost("the system had no room for another process"))

    def _lose(self, reason: CageLost) -> None:
        if self.lost:
            return
        self.lost = True
        self._loop.remove_reader(self._control)
        self._loop.remove_writer(self._control)
        self._control.close()
        if self._writable is not None:
            _settle(self._writable)
        pending: list[asyncio.Future[Any]] = [self._ready, *self._ends.values()]
        for waiting in pending:
            if not waiting.done():
                waiting.set_exception(reason)
                # Nobody may be waiting any more; asking for the exception tells asyncio that it is known.
                waiting.exception()
        self._ends.clear()


def _settle(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)
