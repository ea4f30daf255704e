"""Tells readers that wait in this process that a job has ended, so that they need not look so often."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from service.clock import Clock
from service.jobs.record import JobRecord


class Bell:
    """One for each process.

    near: jobs are run in this process too, so that most ends are heard. Where door and worker are apart it
        never rings, and readers go by looking.
    """

    def __init__(self, clock: Clock, *, near: bool) -> None:
        self.near = near
        self._clock = clock
        self._waiting: defaultdict[str, set[asyncio.Future[JobRecord]]] = defaultdict(set)

    def ring(self, record: JobRecord) -> None:
        """Give who waits for this job its last record, which storage has just taken."""
        for ended in self._waiting.get(record.job, ()):
            if not ended.done():
                ended.set_result(record)

    @contextmanager
    def listening(self, job: str) -> Iterator[asyncio.Future[JobRecord]]:
        """A future that gets the record of the job when it ends while the block runs."""
        ended = asyncio.get_running_loop().create_future()
        self._waiting[job].add(ended)
        try:
            yield ended
        finally:
            self._waiting[job].discard(ended)
            if not self._waiting[job]:
                del self._waiting[job]

    async def wait(self, ended: asyncio.Future[JobRecord], seconds: float) -> JobRecord | None:
        """The record of the job as soon as it has ended; None after `seconds`."""
        sleeping = asyncio.ensure_future(self._clock.sleep(seconds))
        try:
            await asyncio.wait((ended, sleeping), return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleeping.cancel()
        return ended.result() if ended.done() else None
