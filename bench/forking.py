"""An entry for bench/cage.py: the engine, warm, and tasks that show what a fork costs beside its work."""

from __future__ import annotations

import time

from engine import tasks

#: A child that has done its work stays so long, seconds, so that its memory can be read from outside.
STAY_SECONDS = 0.25

warm = tasks.warm


def run(task: bytes, document: memoryview) -> bytes:
    """`nothing`; or `stay` and a task of the engine or nothing, done before staying; or a task of the engine."""
    if task == b"nothing":
        return b""
    if task.startswith(b"stay"):
        if work := task.removeprefix(b"stay"):
            tasks.run(work, document)
        time.sleep(STAY_SECONDS)
        return b""
    return tasks.run(task, document)
