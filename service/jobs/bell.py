"""Tells who waits in this process that a job has ended: readers need not look so often, a worker stops at once."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from service.clock import Clock
from service.jobs.record import JobRecord


@dataclass(frozen=True)
class Gone:
    """The job was deleted, with all that belongs to it."""


End = JobRecord | Gone
"""How a job ended: its last record, which storage has just taken, or not at all."""


class Bell:
    """One for each process.

    near: jobs are run in this process too, so that most ends are heard. Where door and worker are apart
        neither hears the other: readers go by looking, and a worker by its next heartbeat.
    """

    def __init__(self, clock: Clock, *, near: bool) -> None:
        self.near = near
        self._clock = clock
        self._waiting: defaultdict[str, set[asyncio.Future[End]]] = defaultdict(set)

    def ring(self, job: str, end: End) -> None:
        """Tell who waits for this job how it ended."""
        for ended in self._waiting.get(job, ()):
            if not ended.done():
                ended.set_result(end)

    @contextmanager
    def listening(self, job: str) -> Iterator[asyncio.Future[End]]:
        """A future that gets the end of the job when it comes while the block runs."""
        ended = asyncio.get_running_loop().create_future()
        self._waiting[job].add(ended)
        try:
            yield ended
        finally:
            self._waiting[job].discard(ended)
            if not self._waiting[job]:
                del self._waiting[job]

    async def wait(self, ended: asyncio.Future[End], seconds: float) -> End | None:
        """The end of the job as soon as it has come; None after `seconds`."""
        sleeping = asyncio.ensure_future(self._clock.sleep(seconds))
        try:
            await asyncio.wait((ended, sleeping), return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleeping.cancel()
        return ended.result() if ended.done() else None
