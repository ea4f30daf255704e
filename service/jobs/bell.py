"""Tells readers that wait in this process that a job has ended, so that they need not look so often."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from service.clock import Clock


class Bell:
    """One for each process; where door and worker are apart it never rings, and readers go by looking."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waiting: defaultdict[str, set[asyncio.Event]] = defaultdict(set)

    def ring(self, job: str) -> None:
        """Wake who waits for this job."""
        for event in self._waiting.get(job, ()):
            event.set()

    @contextmanager
    def listening(self, job: str) -> Iterator[asyncio.Event]:
        """An event that is set when the job ends while the block runs."""
        event = asyncio.Event()
        self._waiting[job].add(event)
        try:
            yield event
        finally:
            self._waiting[job].discard(event)
            if not self._waiting[job]:
                del self._waiting[job]

    async def wait(self, event: asyncio.Event, seconds: float) -> None:
        """Return when the event is set, at the latest after `seconds`."""
        tasks = {asyncio.ensure_future(event.wait()), asyncio.ensure_future(self._clock.sleep(seconds))}
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
