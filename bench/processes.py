"""What the processes of a running service hold: memory, descriptors, threads, children. Linux only."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_KIBI = 1024


@dataclass(frozen=True)
class Holding:
    """What one process holds.

    `resident`: its memory (RSS), MiB. `proportional`: the same with shared pages counted by their share
    (PSS), MiB; that of a zygote depends on how many children share its pages at the moment.
    """

    resident: float
    proportional: float
    descriptors: int
    threads: int
    children: int


def family(root: int) -> dict[str, int]:
    """The processes of a service by role: service, zygote, storage. Children of the zygote come and go."""
    found = {"service": root}
    for child in children(root):
        command = (_PROC / str(child) / "cmdline").read_bytes()
        if b"engine.cage.zygote" in command:
            found["zygote"] = child
        elif b"azurite" in command:
            found["storage"] = child
    return found


def children(parent: int) -> list[int]:
    """Process ids of the children of a process, zombies included."""
    return [pid for pid, its_parent in _parents() if its_parent == parent]


def holding(pid: int) -> Holding:
    """What a process holds now; raises FileNotFoundError when it has ended."""
    folder = _PROC / str(pid)
    rollup = dict(_fields(folder / "smaps_rollup"))
    status = dict(_fields(folder / "status"))
    return Holding(
        resident=int(rollup["Rss"].split()[0]) / _KIBI,
        proportional=int(rollup["Pss"].split()[0]) / _KIBI,
        descriptors=len(list((folder / "fd").iterdir())),
        threads=int(status["Threads"]),
        children=len(children(pid)),
    )


def processor_seconds(pid: int) -> float:
    """Processor time of a process and of those of its children that have ended."""
    fields = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    return sum(int(ticks) for ticks in fields[11:15]) / os.sysconf("SC_CLK_TCK")


def _parents() -> Iterator[tuple[int, int]]:
    for folder in _PROC.iterdir():
        if folder.name.isdecimal():
            try:
                status = (folder / "stat").read_text()
            except (FileNotFoundError, ProcessLookupError):
                continue
            yield int(folder.name), int(status.rpartition(")")[2].split()[1])


def _fields(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.read_text().splitlines():
        name, colon, value = line.partition(":")
        if colon:
            yield name, value.strip()
