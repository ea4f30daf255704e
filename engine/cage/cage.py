"""The cage: one run is one forked child, from its first descriptor to the last trace of it."""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
import sys
from contextlib import ExitStack, suppress
from typing import Final

from engine.cage.control import Ready
from engine.cage.folder import CageFolder
from engine.cage.limits import Limits
from engine.cage.run import ChildRun
from engine.cage.sealed import SealedInput
from engine.cage.spawn import CageLost, ZygoteProcess

_LADDER: Final = (None, signal.SIGTERM, signal.SIGKILL)
"""Rungs for a child that replied or ran out of time: grace to end by itself, a request, the end."""

_AT_ONCE: Final = (signal.SIGKILL,)
"""For a child whose reply nobody waits for, or that wrote what no reply can begin with."""


class Cage:
    """Runs tasks over hostile documents in confined children of a warmed process without secrets.

    entry: name of a module, in a package, with `warm() -> None` and
        `run(task: bytes, document: memoryview) -> bytes`.
    limits: what each child may use.
    python: the interpreter that the zygote runs on.

    Belongs to one event loop. How many runs there are at a time is the caller's to bound.
    """

    def __init__(self, entry: str = "engine.tasks", limits: Limits | None = None, python: str = sys.executable) -> None:
        self._entry = entry
        self._limits = limits or Limits()
        self._python = python
        self._zygote: ZygoteProcess | None = None
        self._folder: CageFolder | None = None
        self._starting = asyncio.Lock()
        self._numbers = itertools.count(1)
        self._endings: set[asyncio.Task[None]] = set()

    @property
    def pid(self) -> int | None:
        """Process id of the zygote; None while there is none."""
        return None if self._zygote is None or self._zygote.lost else self._zygote.pid

    @property
    def protection(self) -> Ready | None:
        """What the platform offers beyond process isolation, as the running zygote found it."""
        return None if self._zygote is None or self._zygote.lost else self._zygote.ready

    async def start(self) -> None:
        """Start the zygote and wait until it is warm; `run` does this too where needed. Raises CageLost."""
        await self._running_zygote()

    async def run(self, task: bytes, document: bytes | memoryview | SealedInput) -> bytearray:
        """Do a task over a document in one child; nothing of it is left when this returns or raises.

        The answer is what the child wrote: whoever reads it shall trust none of it. Cancelling ends the
        child at once. Raises ApiError: a fault that the entry raised, or MODEL_ANALYZE_ERROR for a child
        that crashed, hung, used up its limits, or answered what is no reply. Raises CageLost when the
        zygote died: the run can be tried again.
        """
        child, zygote = await self._fork(task, document)
        rungs: tuple[signal.Signals | None, ...] = _AT_ONCE
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._limits.wall_seconds):
                    await child.settled.wait()
            if child.spoiled is None:
                rungs = _LADDER
        finally:
            # The ending goes on when this run is cancelled meanwhile, once or twice.
            ending = asyncio.create_task(self._end(child, zygote, rungs))
            self._endings.add(ending)
            ending.add_done_callback(self._endings.discard)
            await asyncio.shield(ending)
        return child.outcome()

    async def close(self) -> None:
        """End the zygote and all children, and remove all folders; pending runs raise CageLost."""
        async with self._starting:
            if self._zygote is not None:
                await self._zygote.close()
                self._zygote = None
            await asyncio.gather(*self._endings)
            if self._folder is not None:
                self._folder.close()
                self._folder = None

    async def _running_zygote(self) -> tuple[ZygoteProcess, CageFolder]:
        async with self._starting:
            if self._zygote is not None and self._zygote.lost:
                await self._zygote.close()
                self._zygote = None
            if self._folder is None:
                self._folder = CageFolder()
            if self._zygote is None:
                self._zygote = await ZygoteProcess.spawn(self._entry, self._limits, self._python)
            return self._zygote, self._folder

    async def _fork(self, task: bytes, document: bytes | memoryview | SealedInput) -> tuple[ChildRun, ZygoteProcess]:
        zygote, folder = await self._running_zygote()
        number = next(self._numbers)
        with ExitStack() as given:
            task_file = given.enter_context(SealedInput([task]))
            if not isinstance(document, SealedInput):
                document = given.enter_context(SealedInput([document]))
            reading, writing = os.pipe2(os.O_CLOEXEC)
            given.callback(os.close, writing)
            child = ChildRun(number, folder.make(str(number)), reading, self._limits.output_bytes)
            try:
                child.follow(
                    await zygote.fork(number, child.folder, (task_file.descriptor, document.descriptor, writing))
                )
            except BaseException:
                await child.close()
                raise
        return child, zygote

    async def _end(self, child: ChildRun, zygote: ZygoteProcess, rungs: tuple[signal.Signals | None, ...]) -> None:
        """Climb the ladder until the child is gone, and clear away after it."""
        try:
            for rung in rungs:
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._limits.grace_seconds):
                        if rung is not None:
                            await zygote.signal(child.number, rung)
                        await child.gone.wait()
                if child.gone.is_set():
                    break
            else:
                # A zygote that does not end a child when told to is no zygote.
                zygote.kill()
        except CageLost:
            pass
        if zygote.lost:
            # The kernel ends the children of a lost zygote; the folder goes after the last of them.
            with suppress(TimeoutError):
                async with asyncio.timeout(self._limits.grace_seconds):
                    await child.closed.wait()
        await child.close()
