"""Cages over failing engines, and a look for what a run leaves behind."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from engine.cage import Cage, Limits
from engine.cage.spawn import ZygoteProcess

FAILING = "tests.engine.cage.failing"
BARE = "tests.engine.cage.bare"

MakeCage = Callable[..., Awaitable[Cage]]


def limits(**changes: Any) -> Limits:
    """Limits that no test waits for long."""
    return Limits(**{"memory_bytes": 256 * 1024 * 1024, "wall_seconds": 20.0, "grace_seconds": 5.0} | changes)


def children_of(parent: int | None) -> set[int]:
    """Process ids of the children of a process, zombies included."""
    found = set()
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                status = (folder / "stat").read_text()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if int(status.rpartition(")")[2].split()[1]) == parent:
                found.add(int(folder.name))
    return found


def descriptors_of(process: int | None) -> Counter[str]:
    """How many descriptors of each kind a process has; none where the kernel tells that to root alone."""
    kinds: Counter[str] = Counter()
    with suppress(PermissionError):
        for path in Path(f"/proc/{process}/fd").iterdir():
            # The list itself is read through one that is gone by the time it is looked at.
            with suppress(FileNotFoundError):
                kind, _, number = os.readlink(path).partition(":")
                kinds[kind if number else "file"] += 1
    return kinds


def traces(cage: Cage, folder: Path) -> Counter[object]:
    """Everything that a run could leave behind: what there is more of than before. Others may clear up meanwhile."""
    return Counter(
        [
            *children_of(cage.pid),
            *descriptors_of(os.getpid()).elements(),
            *(f"{kind} of the zygote" for kind in descriptors_of(cage.pid).elements()),
            *(path for root in leftover_files(folder) for path in root.rglob("*")),
        ]
    )


def leftover_files(folder: Path) -> list[Path]:
    """The roots of cages in the temporary folder."""
    return list(folder.glob("ephemera-cage-*/*"))


async def ended(process_handle: int) -> None:
    """Until the process that a pidfd names has ended."""
    gone = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_reader(process_handle, gone.set)
    await gone.wait()
    loop.remove_reader(process_handle)


async def children(cage: Cage, count: int) -> set[int]:
    """The process ids of the children of a cage, as soon as there are so many."""
    while len(found := children_of(cage.pid)) != count:  # noqa: ASYNC110 - the kernel tells nobody of a fork
        await asyncio.sleep(0.005)
    return found


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's temporary folder."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


async def left_behind(cage: Cage, folder: Path, before: Counter[object]) -> Counter[object]:
    """The new traces of a cage once there are none, or after two seconds: what is left by then is left for good.

    The zygote may be woken once more by a descendant's end, and has /proc open while it looks for others.
    """
    until = asyncio.get_running_loop().time() + 2
    while (found := traces(cage, folder) - before) and asyncio.get_running_loop().time() < until:  # noqa: ASYNC110 - the kernel tells nobody of a closed descriptor
        await asyncio.sleep(0.005)
    return found


@pytest.fixture
async def make_cage(temporary: Path) -> AsyncIterator[MakeCage]:
    """Makes started cages; a test fails when one of them leaves something behind."""
    before = descriptors_of(os.getpid())
    made: list[tuple[Cage, Counter[object]]] = []

    async def make(entry: str = FAILING, **changes: Any) -> Cage:
        cage = Cage(entry, limits(**changes))
        await cage.start()
        made.append((cage, traces(cage, temporary)))
        return cage

    yield make
    try:
        # A second cage is a trace beside the first.
        if len(made) == 1 and made[0][0].pid is not None:
            assert await left_behind(made[0][0], temporary, made[0][1]) == Counter()
    finally:
        for cage, _ in made:
            await cage.close()
    assert descriptors_of(os.getpid()) - before == Counter()
    assert leftover_files(temporary) == []


@pytest.fixture
def signals(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The signals that cages order, in order."""
    sent: list[int] = []
    signal = ZygoteProcess.signal

    async def note(zygote: ZygoteProcess, run: int, number: int) -> None:
        sent.append(number)
        await signal(zygote, run, number)

    monkeypatch.setattr(ZygoteProcess, "signal", note)
    return sent
