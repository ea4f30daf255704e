"""The failing entry on a platform that has neither Landlock nor seccomp, with a look into a child's memory."""

from __future__ import annotations

import ctypes
from pathlib import Path

from engine.cage import landlock, seccomp
from tests.engine.cage import failing


def warm() -> None:
    """Take from the cage what this platform may have."""
    landlock.version = lambda: 0
    seccomp.available = lambda: False


def run(task: bytes, document: memoryview) -> bytes:
    return memory() if task == b"memory" else failing.run(task, document)


def memory() -> bytes:
    """Every byte that this process may write; environment and command line lie at the end of the stack."""
    parts = []
    for line in Path("/proc/self/maps").read_text().splitlines():
        edges, rights, *_ = line.split()
        if rights.startswith("rw"):
            start, end = (int(edge, 16) for edge in edges.split("-"))
            parts.append(ctypes.string_at(start, end - start))
    return b"".join(parts)
